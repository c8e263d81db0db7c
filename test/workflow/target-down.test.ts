import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defineSearchAttributeKey } from '@temporalio/common';
import { DAY, HOUR, MINUTE, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, makeFaulty } from '../support/interceptions.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const NEEDS_ATTENTION = defineSearchAttributeKey('NeedsAttention', 'BOOL');

async function needsAttentionInTemporal({ workflowId }: TestDeparture): Promise<boolean | undefined> {
  const described = await engine.temporal.realTimeClient.workflow.getHandle(workflowId).describe();
  return described.typedSearchAttributes.get(NEEDS_ATTENTION);
}

const alarmsOf = (departure: TestDeparture) =>
  departure.mails().filter((mail) => mail.subject.includes('needs attention'));

test('flags a step that is red for fifteen minutes, and goes on trying until the target is back', async () => {
  const departure = await startDeparture(engine);
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('disable', 100_000);
  await departure.forwardTo(10 * MINUTE);
  expect((await departure.record()).needsAttention).toBe(false);
  expect(await needsAttentionInTemporal(departure)).toBe(false);
  expect(alarmsOf(departure)).toEqual([]);

  await departure.forwardTo(20 * MINUTE);
  expect(await needsAttentionInTemporal(departure)).toBe(true);
  expect(await departure.record()).toMatchObject({ needsAttention: true, state: 'running' });
  expect(alarmsOf(departure)).toHaveLength(1);
  expect(alarmsOf(departure)[0]).toMatchObject({ to: ['it@example.test'] });
  expect(alarmsOf(departure)[0]?.text).toContain('disable-account: TARGET_UNAVAILABLE');

  await departure.forwardTo(2 * HOUR);
  const tries = faults.calls('disable');
  expect(tries).toBeGreaterThanOrEqual(11);
  expect(tries).toBeLessThanOrEqual(18);

  heal(engine, departure.orgId);
  await departure.forwardBy(15 * MINUTE);
  expect((await departure.step('prove-day-0')).status).toBe('done');
  expect(await departure.record()).toMatchObject({ needsAttention: false, state: 'running' });
  expect(await needsAttentionInTemporal(departure)).toBe(false);
});

test('tells the manager where nobody named an address for failures: an alarm is never for nobody', async () => {
  const departure = await startDeparture(engine);
  const { orgId, manager } = departure;
  const { organisations } = engine.repositories;
  const { rev } = (await organisations.get(orgId))!;
  await organisations.update(orgId, rev, { notificationAddresses: [] });
  makeFaulty(engine, orgId).fail('disable', 100_000);
  await departure.forwardTo(20 * MINUTE);
  expect(alarmsOf(departure).map(({ to }) => to)).toEqual([[manager.address]]);
});

test('does not let the other steps of day 0 wait for the one that fails', async () => {
  const departure = await startDeparture(engine);
  makeFaulty(engine, departure.orgId).fail('disable', 100_000);
  await departure.forwardTo(5 * MINUTE);
  expect(await departure.effects()).toEqual([
    'setPassword',
    'revokeAppPasswords',
    'revokeOauthGrants',
    'voidLinks',
    'removeRecoveryMeans',
    'setProtocols',
    'revokeSessions',
    'removeOwnRules',
    'setRole',
    'setMemberships',
    'setDelegations',
    'setAutoReply',
  ]);
  expect(await departure.stepStatuses()).toMatchObject({
    'disable-account': 'retrying',
    'revoke-sessions': 'done',
    'prove-day-0': 'retrying',
  });
});

test('survives a target that is down for most of a day, without a person doing anything', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('read', 100_000);
  await departure.forwardTo(18 * HOUR);
  expect(await departure.effects()).toEqual([]);
  expect(await departure.record()).toMatchObject({ state: 'running', needsAttention: true });

  heal(engine, departure.orgId);
  await departure.forwardTo(2 * DAY);
  expect(await departure.record()).toMatchObject({ state: 'running', needsAttention: false });
  expect((await departure.step('prove-day-1')).status).toBe('done');
});

test('gives a step up after two days, says so within five minutes and daily, and goes on from it when retried', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  await departure.approve();
  const faults = makeFaulty(engine, departure.orgId);
  faults.fail('disable', 100_000);
  await departure.forwardTo(36 * HOUR);
  expect((await departure.step('disable-account')).status).toBe('retrying');
  await departure.forwardTo(48 * HOUR + 5 * MINUTE);
  expect(await departure.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });
  expect(await departure.step('disable-account')).toMatchObject({ status: 'failed' });

  const soFar = alarmsOf(departure).length;
  expect(soFar).toBeGreaterThanOrEqual(2);
  const tries = faults.calls('disable');
  await departure.forwardTo(7 * DAY + 6 * MINUTE);
  expect(alarmsOf(departure)).toHaveLength(soFar + 5);
  expect(faults.calls('disable')).toBe(tries);
  expect((await departure.step('prove-day-1')).status).toBe('waiting');

  heal(engine, departure.orgId);
  await departure.command('retryStep', { actorId: 'own_it', stepKey: 'disable-account' });
  await departure.until((now) =>
    now.steps.some(({ key, status }) => key === 'disable-account' && status === 'done'),
  );
  await departure.command('retryStep', { actorId: 'own_it', stepKey: 'prove-day-0' });
  await departure.until((now) =>
    now.steps.some(({ key, status }) => key === 'prove-day-7' && status === 'done'),
  );
  expect(await departure.record()).toMatchObject({ state: 'running', needsAttention: false });
  expect(await needsAttentionInTemporal(departure)).toBe(false);

  await departure.forwardTo(130 * DAY);
  expect((await departure.until((now) => now.closedAtMs !== undefined)).state).toBe('completed');
  expect((await departure.effects()).filter((operation) => operation === 'disable')).toHaveLength(1);
  expect(alarmsOf(departure)).toHaveLength(soFar + 5);
});

test('sends the first mail within five minutes of a step that fails for good', async () => {
  const departure = await startDeparture(engine);
  makeFaulty(engine, departure.orgId).refuse('removeOwnRules', 'forbidden', 100);
  await departure.forwardTo(5 * MINUTE);
  expect(await departure.step('remove-own-rules')).toMatchObject({
    status: 'failed',
    errorCode: 'TARGET_REFUSED',
  });
  expect((await departure.record()).state).toBe('needs_attention');
  expect(alarmsOf(departure)).toHaveLength(1);
});
