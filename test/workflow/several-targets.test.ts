import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rotatedSecretKey } from '../../activities/lockout/rotated-secret.ts';
import type { DirectoryEffect } from '../../directory/store/directory-store.ts';
import { lockoutTimes } from '../../shared/domain/lockout-times.ts';
import { BRANCH } from '../support/branch.ts';
import { DAY, HOUR, MINUTE, rejectionOf, startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { heal, lie, makeFaulty } from '../support/interceptions.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const TWO = { onBranch: true } as const;

async function effectsOn(departure: TestDeparture, target: string): Promise<readonly DirectoryEffect[]> {
  const directory = target === BRANCH ? engine.branch : engine.directory;
  const all = await directory.readEffects(departure.orgId);
  return all.filter(({ accountId, effectKey }) => {
    return accountId === departure.accountId && effectKey.startsWith('eff:');
  });
}

const operationsOn = async (departure: TestDeparture, target: string): Promise<readonly string[]> =>
  (await effectsOn(departure, target)).map(({ operation }) => operation);

const accountOn = ({ orgId, accountId }: TestDeparture, target: string) =>
  (target === BRANCH ? engine.branch : engine.directory).getAccount(orgId, accountId);

async function settingsOn(departure: TestDeparture, target: string) {
  const { status, role, groups, aliases, quotaBytes, forwards, rules, autoReply } = (await accountOn(
    departure,
    target,
  ))!;
  return { status, role, groups, aliases, quotaBytes, forwards, rules, autoReply };
}

async function timesOf(departure: TestDeparture) {
  const evidence = await engine.repositories.evidence.listByCase(departure.orgId, departure.caseId);
  return lockoutTimes((await departure.record()).plan, evidence);
}

test('locks, archives and deletes on both targets, every archive before the first deletion', async () => {
  const departure = await startDeparture(engine, TWO);
  await departure.approve();
  await departure.forwardTo(DAY + HOUR);
  const secrets = await Promise.all(
    [undefined, BRANCH].map((target) =>
      engine.vault.read(departure.orgId, rotatedSecretKey(departure.caseId, target)),
    ),
  );
  expect(new Set(secrets).size).toBe(2);
  expect(secrets).not.toContain(undefined);
  const times = await timesOf(departure);
  expect(times.targets.map(({ target, stepKey }) => [target, stepKey])).toEqual([
    ['directory', 'prove-day-0'],
    [BRANCH, `prove-day-0@${BRANCH}`],
  ]);
  expect(times.timeToLockoutMs).toBe(Math.max(...times.targets.map((one) => one.timeToLockoutMs!)));

  await departure.forwardTo(122 * DAY);
  expect((await departure.until((now) => now.closedAtMs !== undefined)).state).toBe('completed');
  for (const target of ['directory', BRANCH]) {
    const lockout = [
      'disable',
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
    ];
    expect(await operationsOn(departure, target)).toEqual([
      ...[...lockout, 'setAutoReply', 'endAutoReply', 'deleteAccount'],
    ]);
    expect(await accountOn(departure, target)).toBeUndefined();
  }
  const { archiveParts, evidence } = engine.repositories;
  const parts = await archiveParts.listByCase(departure.orgId, departure.caseId);
  expect(parts.map(({ part, target, messageCount }) => [part, target, messageCount])).toEqual([
    ['branch-part-1', BRANCH, 2],
    ['part-1', undefined, 2],
  ]);
  const proofs = await evidence.listByCase(departure.orgId, departure.caseId);
  const at = (key: string): number => proofs.find(({ stepKey }) => stepKey === key)!.occurredAtMs!;
  const deleteCalls = proofs.flatMap(({ calledAtMs }) => calledAtMs ?? []);
  expect(deleteCalls).toHaveLength(2);
  expect(Math.max(at('archive-new-mail'), at(`archive-new-mail@${BRANCH}`))).toBeLessThanOrEqual(
    Math.min(...deleteCalls),
  );
  for (const target of [undefined, BRANCH]) {
    const key = rotatedSecretKey(departure.caseId, target);
    expect(await engine.vault.read(departure.orgId, key)).toBeUndefined();
  }
});

test('locks one target within its instant while the other is down, and counts the last proof', async () => {
  const departure = await startDeparture(engine, TWO);
  const faults = makeFaulty(engine, departure.orgId, BRANCH);
  faults.fail('read', 100_000);
  await departure.forwardTo(5 * MINUTE);
  expect(await departure.stepStatuses()).toMatchObject({
    'prove-day-0': 'done',
    [`prove-day-0@${BRANCH}`]: 'retrying',
  });
  const [first] = (await timesOf(departure)).targets;
  expect(first!.timeToLockoutMs).toBeLessThan(MINUTE);
  expect((await timesOf(departure)).timeToLockoutMs).toBeUndefined();
  expect(await operationsOn(departure, BRANCH)).toEqual([]);

  await departure.forwardTo(HOUR);
  heal(engine, departure.orgId, BRANCH);
  await departure.forwardTo(2 * HOUR);
  expect((await departure.step(`prove-day-0@${BRANCH}`)).status).toBe('done');
  const times = await timesOf(departure);
  expect(times.timeToLockoutMs).toBeGreaterThan(HOUR);
  expect(times.targets[0]!.timeToLockoutMs).toBeLessThan(MINUTE);
});

test('ends red when only the second target lies', async () => {
  const departure = await startDeparture(engine, { ...TWO, policy: FEW_TRIES });
  engine.interceptTarget(departure.orgId, (real) => ({ ...real, disable: lie }), BRANCH);
  await departure.forwardTo(3 * DAY);
  expect(await departure.record()).toMatchObject({ state: 'needs_attention', needsAttention: true });
  expect(await departure.stepStatuses()).toMatchObject({
    'disable-account': 'done',
    'prove-day-1': 'done',
    [`disable-account@${BRANCH}`]: 'failed',
    [`prove-day-0@${BRANCH}`]: 'failed',
    [`prove-day-1@${BRANCH}`]: 'waiting',
  });
});

test('undo puts both accounts back', async () => {
  const departure = await startDeparture(engine, TWO);
  const before = [await settingsOn(departure, 'directory'), await settingsOn(departure, BRANCH)];
  await departure.forwardTo(DAY);
  expect((await settingsOn(departure, BRANCH)).status).toBe('disabled');
  await departure.undo();
  expect((await departure.until((now) => now.closedAtMs !== undefined)).state).toBe('undone');
  expect([await settingsOn(departure, 'directory'), await settingsOn(departure, BRANCH)]).toEqual(before);
});

test('opens the gate only when every target is archived', async () => {
  const departure = await startDeparture(engine, { ...TWO, policy: FEW_TRIES });
  await departure.approve();
  makeFaulty(engine, departure.orgId, BRANCH).fail('listMessages', 100_000);
  await departure.forwardTo(62 * DAY);
  expect(await departure.stepStatuses()).toMatchObject({
    'archive-mailbox': 'done',
    [`archive-mailbox@${BRANCH}`]: 'failed',
  });
  // The step may be left out; the gate still asks for what it needs.
  const stepKey = `archive-mailbox@${BRANCH}`;
  await departure.command('skipStep', { stepKey, actorId: 'own_it' });
  await departure.forwardTo(92 * DAY);
  expect(await departure.step('purge-gate')).toMatchObject({ errorCode: 'ARCHIVE_INCOMPLETE' });
  expect(await operationsOn(departure, 'directory')).not.toContain('deleteAccount');
});

test('keeps what was deleted on one target when the other refuses, and nothing can be called back', async () => {
  const departure = await startDeparture(engine, { ...TWO, policy: FEW_TRIES });
  await departure.approve();
  await departure.forwardTo(100 * DAY);
  makeFaulty(engine, departure.orgId, BRANCH).refuse('deleteAccount', 'forbidden', 100);
  await departure.forwardTo(120 * DAY + HOUR);
  await departure.until((now) => now.state === 'needs_attention');
  expect(await departure.stepStatuses()).toMatchObject({
    'delete-account': 'done',
    [`delete-account@${BRANCH}`]: 'failed',
    'quarantine-address': 'waiting',
  });
  expect(await accountOn(departure, 'directory')).toBeUndefined();
  expect(await accountOn(departure, BRANCH)).toBeDefined();
  expect(await rejectionOf(departure.command('cancelCase', { actorId: 'own_hr' }))).toBe(
    'POINT_OF_NO_RETURN',
  );
  expect(await rejectionOf(departure.undo())).toBe('POINT_OF_NO_RETURN');

  heal(engine, departure.orgId, BRANCH);
  await departure.command('retryStep', { actorId: 'own_it', stepKey: `delete-account@${BRANCH}` });
  expect((await departure.until((now) => now.closedAtMs !== undefined)).state).toBe('completed');
  expect(await accountOn(departure, BRANCH)).toBeUndefined();
});
