import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY, HOUR, PASSWORD, startDeparture, statusOf, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const retry = (departure: TestDeparture, stepKey: string) =>
  departure.command('retryStep', { actorId: 'own_it', stepKey });

test('turns red at once when a proof finds the account enabled again, and locks it anew when told to', async () => {
  const departure = await startDeparture(engine);
  await departure.approve();
  const { orgId, accountId, person } = departure;
  await departure.forwardTo(3 * DAY);
  await engine.directory.enable(orgId, accountId);
  await departure.forwardTo(7 * DAY + HOUR);
  expect(await departure.step('prove-day-7')).toMatchObject({
    status: 'failed',
    errorCode: 'LOCKOUT_DRIFTED',
  });
  expect(await departure.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });
  expect((await engine.directory.getAccount(orgId, accountId))?.status).toBe('active');

  await retry(departure, 'prove-day-7');
  const record = await departure.until((now) => statusOf(now, 'prove-day-7') === 'done');
  expect(record).toMatchObject({ state: 'running', needsAttention: false });
  expect(await departure.step('prove-day-7')).toMatchObject({ round: 2 });
  expect(await departure.step('disable-account')).toMatchObject({ status: 'done', round: 2 });
  expect((await engine.directory.getAccount(orgId, accountId))?.status).toBe('disabled');
  expect((await engine.directory.signIn(orgId, person.address, PASSWORD)).kind).toBe('refused');
  expect((await departure.effects()).filter((operation) => operation === 'disable')).toHaveLength(2);
  expect((await departure.effects()).filter((operation) => operation === 'setPassword')).toHaveLength(1);

  await departure.forwardTo(121 * DAY);
  expect((await departure.until((now) => now.closedAtMs !== undefined)).state).toBe('completed');
});

test('takes everything away again that came back: password, app password and session', async () => {
  const departure = await startDeparture(engine);
  const { orgId, accountId, person } = departure;
  await departure.forwardTo(3 * DAY);
  const call = { effectKey: 'by-hand', asOfMs: 0 };
  await engine.directory.enable(orgId, accountId);
  await engine.directory.setPassword(orgId, accountId, PASSWORD, call);
  await engine.directory.addAppPassword(orgId, accountId, 'tablet');
  const signIn = await engine.directory.signIn(orgId, person.address, PASSWORD, 'web');
  if (signIn.kind !== 'signed_in') throw new Error('the account should be open');
  await departure.forwardTo(7 * DAY + HOUR);
  expect(await departure.step('prove-day-7')).toMatchObject({ errorCode: 'LOCKOUT_DRIFTED' });

  await retry(departure, 'prove-day-7');
  await departure.until((now) => statusOf(now, 'prove-day-7') === 'done');
  const account = await engine.directory.getAccount(orgId, accountId);
  expect(account).toMatchObject({ status: 'disabled', sessionCount: 0, appPasswords: [] });
  expect((await engine.directory.trySecret(orgId, person.address, PASSWORD, 'mail')).kind).toBe('refused');
});

test('deletes nothing of an account that somebody opened in grace, until it is locked and proven again', async () => {
  const departure = await startDeparture(engine);
  await departure.approve();
  await departure.forwardTo(118 * DAY);
  await engine.directory.enable(departure.orgId, departure.accountId);
  await departure.forwardTo(140 * DAY);
  expect(await departure.step('prove-before-delete')).toMatchObject({
    status: 'failed',
    errorCode: 'LOCKOUT_DRIFTED',
  });
  expect(await departure.accountExists()).toBe(true);

  await retry(departure, 'prove-before-delete');
  expect((await departure.until((now) => now.closedAtMs !== undefined)).state).toBe('completed');
  expect(await departure.accountExists()).toBe(false);
});
