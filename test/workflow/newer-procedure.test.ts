import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { simulatedInstants } from '../../shared/domain/planner/simulated-instants.ts';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { procedureNamed } from '../../shared/domain/planner/departure-procedure.ts';
import { DAY, rejectionOf, startDeparture, statusOf } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

test('a case of departure@1 in week 2 moves to the newest: what is due runs at once, nothing twice', async () => {
  const procedure = procedureNamed('departure@1');
  const departure = await startDeparture(engine, { plan: { procedure }, redirect: {} });
  await departure.forwardTo(10 * DAY);
  const before = await departure.record();
  expect(before.plan.procedure).toBe('departure@1');
  const effectsBefore = await departure.effectLog();
  const accountOf = () => engine.directory.getAccount(departure.orgId, departure.accountId);
  expect((await accountOf())?.redirect).toBeUndefined();

  const started = before.steps.filter((step) => step.status !== 'waiting').map((step) => step.key);
  const nowMs = await departure.clock();
  const previous = { plan: before.plan, startedKeys: new Set(started), leaveStays: true as const };
  const { plan } = departure.plan({ version: 2, nowMs, previous });
  await departure.command('reschedule', { actorId: 'own_hr', plan });
  const instants = simulatedInstants(plan);
  const dueNow = plan.steps.filter((step) => step.manual !== true && instants.get(step.key)! <= nowMs);
  const fresh = dueNow.map((step) => step.key).filter((key) => !started.includes(key));
  expect(fresh).toContain('start-redirect');
  const moved = await departure.until((record) =>
    fresh.every((key) => ['done', 'not_applicable'].includes(statusOf(record, key) ?? '')),
  );
  expect(moved.plan.procedure).toBe('departure@2');
  expect((await accountOf())?.redirect?.to).toBe(departure.manager.address);
  // Another plan is another order: to whoever follows the case all its steps are news.
  const seen = ({ steps }: CaseRecord, key: string) => {
    const { changedAtSequence: _news, ...step } = steps.find((one) => one.key === key)!;
    return step;
  };
  for (const key of started) expect(seen(moved, key)).toEqual(seen(before, key));
  const effects = await departure.effectLog();
  expect(effects.slice(0, effectsBefore.length)).toEqual(effectsBefore);
  const keys = effects.map((effect) => effect.effectKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(departure.mails().filter((mail) => mail.subject.includes('is leaving'))).toHaveLength(1);

  await departure.approve();
  await departure.forwardTo(125 * DAY);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
});

test('a plan that was made before somebody else moved the case is refused', async () => {
  const procedure = procedureNamed('departure@1');
  const departure = await startDeparture(engine, { plan: { procedure } });
  await departure.forwardTo(DAY);
  const { plan, steps } = await departure.record();
  const startedKeys = new Set(steps.filter((step) => step.status !== 'waiting').map((step) => step.key));
  const next = departure.plan({ version: 2, previous: { plan, startedKeys, leaveStays: true } }).plan;
  const payload = { actorId: 'own_hr', plan: next };
  await departure.command('reschedule', payload);
  expect(await rejectionOf(departure.command('reschedule', payload))).toBe('PLAN_OUTDATED');
});
