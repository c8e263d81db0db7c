import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEFAULT_CASE_POLICY } from '../../shared/contract/case.ts';
import {
  DAY,
  HOUR,
  REQUESTER,
  rejectionOf,
  startDeparture,
  type TestDeparture,
} from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const policy = { ...DEFAULT_CASE_POLICY, maxHistoryEvents: 60 };

async function runOf({ workflowId }: TestDeparture): Promise<string> {
  return (await engine.temporal.realTimeClient.workflow.getHandle(workflowId).describe()).runId;
}

test('goes on in a new run when its history grows long, and carries nothing out twice', async () => {
  const departure = await startDeparture(engine, { policy });
  const runs = new Set([await runOf(departure)]);
  await departure.forwardTo(2 * DAY);
  runs.add(await runOf(departure));
  await departure.approve();
  await departure.forwardTo(62 * DAY);
  runs.add(await runOf(departure));
  await departure.forwardTo(100 * DAY);
  runs.add(await runOf(departure));
  await departure.forwardTo(121 * DAY);

  const record = await departure.until((now) => now.closedAtMs !== undefined);
  expect(record.state).toBe('completed');
  expect(runs.size).toBeGreaterThan(2);
  expect(new Set(Object.values(await departure.stepStatuses()))).toEqual(new Set(['done']));
  const effects = await departure.effects();
  expect(new Set(effects).size).toBe(effects.length);
  expect(effects.at(-1)).toBe('deleteAccount');
  const rounds = record.steps.map((step) => step.round);
  expect(new Set(rounds)).toEqual(new Set([1]));
});

test('takes commands, and remembers pauses and approvals, in every run', async () => {
  const departure = await startDeparture(engine, { policy });
  await departure.forwardTo(2 * DAY);
  const first = await runOf(departure);
  expect(await rejectionOf(departure.approve(REQUESTER))).toBe('APPROVER_IS_REQUESTER');
  await departure.command('pauseCase', { actorId: 'own_hr' });
  await departure.forwardTo(10 * DAY);
  expect((await departure.step('prove-day-7')).status).toBe('waiting');
  await departure.command('resumeCase', { actorId: 'own_hr' });
  await departure.until((now) =>
    now.steps.some(({ key, status }) => key === 'prove-day-7' && status === 'done'),
  );
  await departure.forwardTo(61 * DAY);
  await departure.forwardTo(61 * DAY + HOUR);
  expect(await runOf(departure)).not.toBe(first);
  await departure.command('cancelCase', { actorId: 'own_hr', keep: true });
  expect((await departure.until((now) => now.closedAtMs !== undefined)).state).toBe('cancelled');
});
