import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, rejectionOf, startDeparture, statusOf } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, makeFaulty } from '../support/interceptions.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const byHr = { actorId: 'own_hr' };

test('carries out nothing while paused, and everything overdue when resumed', async () => {
  const departure = await startDeparture(engine);
  await departure.command('pauseCase', byHr);
  expect((await departure.record()).state).toBe('paused');
  expect(await rejectionOf(departure.command('pauseCase', byHr))).toBe('ALREADY_PAUSED');

  await departure.forwardTo(2 * DAY);
  expect(await departure.effects()).toEqual([]);
  expect(departure.mails()).toEqual([]);

  await departure.command('resumeCase', byHr);
  await departure.until((record) => statusOf(record, 'prove-day-1') === 'done');
  expect(await departure.stepStatuses()).toMatchObject({
    'notify-manager': 'done',
    'disable-account': 'done',
    'prove-day-0': 'done',
    'prove-day-7': 'waiting',
  });
  const [first] = await departure.effectLog();
  expect(first!.atMs - departure.leaveAtMs).toBeGreaterThanOrEqual(2 * DAY);
  expect(await rejectionOf(departure.command('resumeCase', byHr))).toBe('NOT_PAUSED');
});

test('stops retrying when paused, and goes on where it stopped when resumed', async () => {
  const departure = await startDeparture(engine);
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('setPassword', 100_000);
  await departure.forwardTo(HOUR);
  expect((await departure.step('rotate-password')).status).toBe('retrying');

  await departure.command('pauseCase', byHr);
  await departure.until((record) => statusOf(record, 'rotate-password') === 'waiting');
  const tries = faults.calls('setPassword');
  expect(tries).toBeGreaterThan(5);
  await departure.forwardTo(12 * HOUR);
  expect(faults.calls('setPassword')).toBe(tries);

  heal(engine, departure.orgId);
  await departure.command('resumeCase', byHr);
  await departure.until((record) => statusOf(record, 'prove-day-0') === 'done');
  expect((await departure.effects()).filter((operation) => operation === 'disable')).toHaveLength(1);
  expect((await departure.record()).needsAttention).toBe(false);
});

test('deletes nothing when it is paused in grace', async () => {
  const departure = await startDeparture(engine);
  await departure.approve();
  await departure.forwardTo(119 * DAY);
  expect((await departure.record()).state).toBe('grace');
  await departure.command('pauseCase', byHr);
  await departure.forwardTo(200 * DAY);
  expect(await departure.accountExists()).toBe(true);

  await departure.command('resumeCase', byHr);
  await departure.forwardBy(10 * MINUTE);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
});
