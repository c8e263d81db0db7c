import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  DAY,
  HOUR,
  rejectionOf,
  startDeparture,
  statusOf,
  type TestDeparture,
} from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { makeFaulty } from '../support/interceptions.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const skip = (departure: TestDeparture, stepKey: string, actorId: string) =>
  departure.command('skipStep', { actorId, stepKey });

test('goes on past a failed step that one person skipped, and ends with exceptions', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.approve();
  makeFaulty(engine, departure.orgId).refuse('removeOwnRules', 'forbidden', 1);
  await departure.forwardTo(HOUR);
  expect((await departure.record()).state).toBe('needs_attention');
  expect(await skip(departure, 'remove-own-rules', 'own_a')).toMatchObject({ effect: 'applied' });
  expect(await departure.record()).toMatchObject({ state: 'running', needsAttention: false });
  expect(await departure.step('remove-own-rules')).toMatchObject({ status: 'skipped', skippedBy: ['own_a'] });
  expect(await rejectionOf(skip(departure, 'remove-own-rules', 'own_a'))).toBe('STEP_ALREADY_SETTLED');

  await departure.forwardTo(121 * DAY);
  const record = await departure.until((now) => now.closedAtMs !== undefined);
  expect(record.state).toBe('completed_with_exceptions');
  expect(await departure.effects()).not.toContain('removeOwnRules');
});

test('leaves out an essential step only when a second person confirms it', async () => {
  const departure = await startDeparture(engine);
  expect(await skip(departure, 'prove-day-7', 'own_a')).toMatchObject({ effect: 'awaiting_second' });
  expect(await departure.step('prove-day-7')).toMatchObject({ status: 'waiting', skipRequestedBy: 'own_a' });
  expect(await rejectionOf(skip(departure, 'prove-day-7', 'own_a'))).toBe('SECOND_PERSON_NEEDED');
  expect(await skip(departure, 'prove-day-7', 'own_b')).toMatchObject({ effect: 'applied' });
  expect(await departure.step('prove-day-7')).toMatchObject({
    status: 'skipped',
    skippedBy: ['own_a', 'own_b'],
  });

  await departure.forwardTo(8 * DAY);
  expect(await departure.step('prove-day-1')).toMatchObject({ status: 'done' });
  expect(await departure.step('prove-day-7')).toMatchObject({ status: 'skipped' });
});

test('carries an essential step out when only one person wanted to leave it out', async () => {
  const departure = await startDeparture(engine);
  await skip(departure, 'disable-account', 'own_a');
  await departure.forwardTo(HOUR);
  expect(await departure.step('disable-account')).toMatchObject({ status: 'done' });
});

test('lets two people skip an essential step while it is being retried', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('revokeAppPasswords', 100_000);
  await departure.forwardTo(HOUR);
  await skip(departure, 'revoke-app-passwords', 'own_a');
  expect(await departure.step('revoke-app-passwords')).toMatchObject({ status: 'retrying' });
  await skip(departure, 'revoke-app-passwords', 'own_b');
  const tries = faults.calls('revokeAppPasswords');
  await departure.forwardTo(20 * HOUR);
  expect(statusOf(await departure.record(), 'revoke-app-passwords')).toBe('skipped');
  expect(faults.calls('revokeAppPasswords')).toBe(tries);
  // The app password is still there, and the proof says so.
  expect(await departure.step('prove-day-0')).toMatchObject({
    status: 'retrying',
    errorCode: 'LOCKOUT_NOT_PROVEN',
  });
});

test.each(['purge-gate', 'delete-account', 'quarantine-address'])('never skips %s', async (stepKey) => {
  const departure = await startDeparture(engine);
  expect(await rejectionOf(skip(departure, stepKey, 'own_a'))).toBe('STEP_NOT_SKIPPABLE');
});
