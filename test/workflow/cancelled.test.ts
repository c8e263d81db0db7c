import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rotatedSecretKey } from '../../activities/lockout/rotated-secret.ts';
import { openCaseClaimId } from '../../shared/domain/ids.ts';
import {
  DAY,
  HOUR,
  MINUTE,
  PASSWORD,
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

const byHr = { actorId: 'own_hr' };
/** Everything that was done stays as it is. */
const aborted = { ...byHr, keep: true } as const;

test('touches nothing when it is cancelled before its day, and frees the person for another departure', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person } = departure;
  const { claims } = engine.repositories;
  const claim = openCaseClaimId(orgId, person.id);
  expect(await claims.take(claim, orgId, 'cas_other', 0)).toMatchObject({ kind: 'held' });

  await departure.command('cancelCase', byHr);
  expect(await departure.until((record) => record.closedAtMs !== undefined)).toMatchObject({
    state: 'cancelled',
    needsAttention: false,
  });
  await engine.temporal.realTimeClient.workflow.getHandle(departure.workflowId).result();
  expect(await departure.effects()).toEqual([]);
  expect(departure.mails()).toEqual([]);
  expect((await engine.directory.signIn(orgId, person.address, PASSWORD)).kind).toBe('signed_in');
  expect(await claims.take(claim, orgId, 'cas_other', 0)).toMatchObject({ kind: 'taken' });
});

test('stops after day 0 when aborted: the account stays locked and nothing else happens', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person } = departure;
  await departure.forwardTo(2 * DAY);
  const effects = await departure.effects();
  expect(await rejectionOf(departure.command('cancelCase', byHr))).toBe('UNDO_NEEDED');
  await departure.command('cancelCase', aborted);
  await engine.temporal.realTimeClient.workflow.getHandle(departure.workflowId).result();

  expect((await departure.record()).state).toBe('cancelled');
  expect(await departure.effects()).toEqual(effects);
  expect((await engine.directory.signIn(orgId, person.address, PASSWORD)).kind).toBe('refused');
  expect(await departure.step('archive-mailbox')).toMatchObject({ status: 'waiting' });
  expect(await engine.repositories.people.get(orgId, person.id)).toMatchObject({ status: 'active' });
  const claim = openCaseClaimId(orgId, person.id);
  expect(await engine.repositories.claims.get(claim, orgId)).toBeUndefined();
  expect(await engine.vault.read(orgId, rotatedSecretKey(departure.caseId))).toBeUndefined();
});

/** What the way back has to put back; the password is the setup link's matter. */
async function settingsOf({ orgId, accountId }: TestDeparture) {
  const account = (await engine.directory.getAccount(orgId, accountId))!;
  const { status, role, groups, aliases, quotaBytes, forwards, rules, autoReply, redirect } = account;
  return { status, role, groups, aliases, quotaBytes, forwards, rules, autoReply, redirect };
}

test.each([
  ['scheduled', -9 * DAY, 'cancelled'],
  ['noticed', -6 * DAY, 'cancelled'],
  ['in its auto-reply', 10 * DAY, 'undone'],
  ['while its mail is redirected', 10 * DAY, 'undone'],
  ['archived', 61 * DAY, 'undone'],
  ['at its gate', 91 * DAY, 'undone'],
  ['in its grace', 100 * DAY, 'undone'],
])('gives the account back when it is cancelled %s', async (phase, afterLeaveMs, endsAs) => {
  const redirected = phase === 'while its mail is redirected';
  const departure = await startDeparture(engine, redirected ? { redirect: {} } : {});
  const before = await settingsOf(departure);
  if (phase === 'in its grace') await departure.approve();
  await departure.forwardTo(afterLeaveMs);
  expect((await settingsOf(departure)).redirect !== undefined).toBe(redirected);
  if (endsAs === 'cancelled') await departure.command('cancelCase', byHr);
  else {
    expect(await rejectionOf(departure.command('cancelCase', byHr))).toBe('UNDO_NEEDED');
    await departure.undo();
  }
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe(endsAs);
  expect(await settingsOf(departure)).toEqual(before);
  const person = await engine.repositories.people.get(departure.orgId, departure.person.id);
  expect(person?.status).toBe('active');
});

test('gives the account back when it is cancelled in the middle of day 0', async () => {
  const departure = await startDeparture(engine);
  const before = await settingsOf(departure);
  makeFaulty(engine, departure.orgId).fail('revokeSessions', 100_000);
  await departure.forwardTo(2 * MINUTE);
  expect(await departure.step('revoke-sessions')).toMatchObject({ status: 'retrying' });
  expect((await settingsOf(departure)).status).toBe('disabled');
  await departure.undo();
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('undone');
  expect(await settingsOf(departure)).toEqual(before);
});

test('ends at once when aborted while a step is being retried', async () => {
  const departure = await startDeparture(engine);
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('disable', 100_000);
  await departure.forwardTo(30 * MINUTE);
  await departure.command('cancelCase', aborted);
  await engine.temporal.realTimeClient.workflow.getHandle(departure.workflowId).result();
  expect(await departure.record()).toMatchObject({ state: 'cancelled', needsAttention: false });
});

test('refuses to be cancelled once the deletion may have reached the target', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.approve();
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('deleteAccount', 100_000);
  await departure.forwardTo(120 * DAY + 10 * MINUTE);
  expect(await departure.step('delete-account')).toMatchObject({ status: 'retrying' });
  expect((await departure.record()).pointOfNoReturnAtMs).toBeDefined();
  expect(await rejectionOf(departure.command('cancelCase', byHr))).toBe('POINT_OF_NO_RETURN');

  await departure.forwardTo(122 * DAY);
  expect(await departure.record()).toMatchObject({ state: 'needs_attention' });
  expect(await rejectionOf(departure.command('cancelCase', byHr))).toBe('POINT_OF_NO_RETURN');
});

test('can be aborted after a deletion that the target was never asked for', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.approve();
  await departure.forwardTo(119 * DAY);
  const faults = makeFaulty(engine, departure.orgId);
  await departure.forwardTo(120 * DAY - HOUR);
  faults.refuse('deleteAccount', 'forbidden', 1);
  await departure.forwardTo(120 * DAY + 10 * MINUTE);
  const failed = await departure.until((record) => statusOf(record, 'delete-account') === 'failed');
  expect(failed.pointOfNoReturnAtMs).toBeUndefined();
  await departure.command('cancelCase', aborted);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('cancelled');
  expect(await departure.accountExists()).toBe(true);
});

test('takes no command any more once it is closed', async () => {
  const departure = await startDeparture(engine);
  await departure.command('cancelCase', byHr);
  const handle = engine.temporal.realTimeClient.workflow.getHandle(departure.workflowId);
  await handle.result();
  await expect(departure.command('pauseCase', byHr)).rejects.toThrow(/completed|not found/);
});
