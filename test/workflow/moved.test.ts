import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DeparturePlanInput } from '../../shared/domain/planner/plan-departure.ts';
import type { Plan } from '../../shared/domain/plan.ts';
import { DAY, HOUR, rejectionOf, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { addDays } from '../support/local-days.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

/** The next version of the plan, as the API makes it: whatever was started keeps its place. */
async function movedPlan(
  departure: TestDeparture,
  lastDay: string,
  overrides: Partial<DeparturePlanInput> = {},
): Promise<Plan> {
  const { plan, steps } = await departure.record();
  const started = steps.filter((step) => step.status !== 'waiting' || step.round > 1);
  const previous = { plan, startedKeys: new Set(started.map((step) => step.key)) };
  const nowMs = await departure.clock();
  return departure.plan({ version: plan.version + 1, nowMs, lastDay, previous, ...overrides }).plan;
}

const noticesOf = (departure: TestDeparture) =>
  departure.mails().filter((mail) => mail.to.includes(departure.manager.address));

test('locks the account on the earlier day when the last day is moved forward', async () => {
  const departure = await startDeparture(engine, { daysUntilLeave: 60 });
  const plan = await movedPlan(departure, addDays(Date.now(), 20));
  await departure.command('reschedule', { actorId: 'own_hr', plan });
  expect((await departure.record()).plan).toEqual(plan);

  const earlier = plan.leaveAtMs - departure.leaveAtMs;
  await departure.forwardTo(earlier - HOUR);
  expect(await departure.effects()).toEqual([]);
  await departure.forwardTo(earlier + HOUR);
  expect((await departure.step('prove-day-0')).status).toBe('done');
});

test('leaves the account alone on the old day when the last day is moved back', async () => {
  const departure = await startDeparture(engine, { daysUntilLeave: 20 });
  const plan = await movedPlan(departure, addDays(Date.now(), 60));
  await departure.command('reschedule', { actorId: 'own_hr', plan });

  await departure.forwardTo(2 * DAY);
  expect(await departure.effects()).toEqual([]);
  expect((await departure.record()).state).toBe('scheduled');
  await departure.forwardTo(plan.leaveAtMs - departure.leaveAtMs + HOUR);
  expect((await departure.step('prove-day-0')).status).toBe('done');
});

test('tells the manager again when the day is moved after the notice went out', async () => {
  const departure = await startDeparture(engine, { daysUntilLeave: 10 });
  await departure.forwardTo(-6 * DAY);
  expect(noticesOf(departure)).toHaveLength(1);

  const plan = await movedPlan(departure, addDays(Date.now(), 40));
  await departure.command('reschedule', { actorId: 'own_hr', plan });
  const later = plan.leaveAtMs - departure.leaveAtMs;
  await departure.forwardTo(later - 8 * DAY);
  expect(noticesOf(departure)).toHaveLength(1);
  await departure.forwardTo(later - 6 * DAY);
  expect(noticesOf(departure)).toHaveLength(2);
  expect(noticesOf(departure)[1]?.text).not.toBe(noticesOf(departure)[0]?.text);
  expect(await departure.stepStatuses()).toMatchObject({
    'notify-manager': 'done',
    'notify-manager-2': 'done',
  });
});

test('refuses a plan that moves a step which was carried out', async () => {
  const departure = await startDeparture(engine);
  await departure.forwardTo(HOUR);
  const before = await departure.record();
  const plan = await movedPlan(departure, addDays(Date.now(), 40), { previous: undefined as never });

  expect(await rejectionOf(departure.command('reschedule', { actorId: 'own_hr', plan }))).toBe(
    'PLAN_MOVES_EXECUTED_STEP',
  );
  expect((await departure.record()).plan).toEqual(before.plan);
});

test('keeps what was carried out where it was when the days after the lock are moved', async () => {
  const departure = await startDeparture(engine);
  await departure.forwardTo(HOUR);
  const effects = await departure.effects();
  const plan = await movedPlan(departure, addDays(Date.now(), 20));
  await departure.command('reschedule', { actorId: 'own_hr', plan });

  await departure.forwardTo(plan.leaveAtMs - departure.leaveAtMs + HOUR);
  expect(await departure.effects()).toEqual(effects);
  expect((await departure.step('prove-day-1')).status).toBe('waiting');
});

test('takes one of two plans made at the same moment', async () => {
  const departure = await startDeparture(engine, { daysUntilLeave: 30 });
  const plans = [
    await movedPlan(departure, addDays(Date.now(), 40)),
    await movedPlan(departure, addDays(Date.now(), 50)),
  ];
  const outcomes = await Promise.all(
    plans.map((plan) =>
      rejectionOf(departure.command('reschedule', { actorId: 'own_hr', plan })).catch(() => 'accepted'),
    ),
  );
  expect(outcomes.sort()).toEqual(['PLAN_OUTDATED', 'accepted']);
  const { plan } = await departure.record();
  expect(plan.version).toBe(2);
  expect(plans).toContainEqual(plan);
});
