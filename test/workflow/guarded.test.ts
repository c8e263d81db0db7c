import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tellFreeze } from '../../shared/platform/tell-freeze.ts';
import { createCaseEngine } from '../../shared/platform/temporal/case-engine.ts';
import { DAY, HOUR, MINUTE, startDeparture, statusOf, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { createPerson } from '../support/people.ts';
import { makeFaulty } from '../support/interceptions.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

async function setFreeze(departure: TestDeparture, on: boolean): Promise<void> {
  const { organisations } = engine.repositories;
  const { rev } = (await organisations.get(departure.orgId))!;
  const frozen = on ? { by: 'own_hr', atMs: Date.now(), reason: 'a stolen key' } : undefined;
  await organisations.update(departure.orgId, rev, { frozen });
}

async function spread(departure: TestDeparture): Promise<number> {
  const { temporal, queues, repositories } = engine;
  const caseEngine = createCaseEngine(temporal.realTimeClient, { queues });
  return tellFreeze(repositories.cases, caseEngine, (await repositories.organisations.get(departure.orgId))!);
}

test('does nothing while the guard holds it, says so daily, and goes on when it is released', async () => {
  const departure = await startDeparture(engine, { guardHeld: true });
  await departure.until(({ state }) => state === 'guard_held');
  await departure.forwardTo(2 * DAY + HOUR);
  expect(await departure.effects()).toEqual([]);
  const told = departure.mails().filter(({ subject }) => subject.includes('is held'));
  expect(told.length).toBeGreaterThanOrEqual(3);
  expect(departure.mails()).toHaveLength(told.length);

  await departure.command('releaseCase', { actorId: 'own_other' });
  const locked = await departure.until((record) => statusOf(record, 'prove-day-0') === 'done');
  expect(locked).toMatchObject({ state: 'running', needsAttention: false });
});

test('a freeze in the middle of day 0 parks what is left of it, and nothing happens twice', async () => {
  const departure = await startDeparture(engine);
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('revokeSessions', 100_000);
  await departure.forwardTo(MINUTE);
  await departure.until((record) => statusOf(record, 'revoke-sessions') === 'retrying');
  await setFreeze(departure, true);
  expect(await spread(departure)).toBe(1);
  expect(await spread(departure)).toBe(0);
  const calls = faults.calls('revokeSessions');
  const before = await departure.effects();
  faults.heal();
  await departure.forwardTo(3 * HOUR);
  const frozen = await departure.record();
  expect(frozen.frozen).toBe(true);
  expect(statusOf(frozen, 'revoke-sessions')).toBe('waiting');
  expect(faults.calls('revokeSessions')).toBe(calls);
  expect(await departure.effects()).toEqual(before);

  await setFreeze(departure, false);
  expect(await spread(departure)).toBe(1);
  await departure.until((record) => statusOf(record, 'revoke-sessions') === 'done');
  const effects = await departure.effects();
  expect(new Set(effects).size).toBe(effects.length);
});

test('a freeze that no case was told of holds all the same, also right before the deletion', async () => {
  const departure = await startDeparture(engine);
  await departure.approve();
  await departure.forwardTo(119 * DAY);
  await setFreeze(departure, true);
  await departure.forwardTo(125 * DAY);
  expect(await departure.accountExists()).toBe(true);
  const parked = await departure.record();
  expect(parked).toMatchObject({ frozen: true, needsAttention: false });
  expect(parked.pointOfNoReturnAtMs).toBeUndefined();
  expect(statusOf(parked, 'delete-account')).toBe('waiting');

  await setFreeze(departure, false);
  await spread(departure);
  expect((await departure.until((record) => record.closedAtMs !== undefined)).state).toBe('completed');
});

test('locks the last administrator out, but waits with the role until somebody else has it', async () => {
  const departure = await startDeparture(engine, { lastAdministrator: true });
  await departure.forwardTo(HOUR);
  const red = await departure.record();
  expect(red).toMatchObject({ state: 'needs_attention' });
  expect(await departure.step('drop-administrator-role')).toMatchObject({
    status: 'failed',
    errorCode: 'LAST_ADMINISTRATOR',
  });
  expect(statusOf(red, 'prove-day-0')).toBe('done');
  const successor = { firstName: 'Ada', lastName: 'Admin', role: 'administrator' } as const;
  await createPerson(engine, departure.orgId, successor);
  await departure.command('retryStep', { actorId: 'own_it', stepKey: 'drop-administrator-role' });
  await departure.until((record) => statusOf(record, 'drop-administrator-role') === 'done');
});
