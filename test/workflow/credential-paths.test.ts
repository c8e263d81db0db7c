import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SWITCHED_PROTOCOLS } from '../../directory/access.ts';
import { lostForGood } from '../../shared/domain/lost-for-good.ts';
import { effectId } from '../../shared/domain/ids.ts';
import { procedureNamed } from '../../shared/domain/planner/departure-procedure.ts';
import { everyApiKey, isUsableKey } from '../../shared/platform/persistence/every-api-key.ts';
import { DAY, HOUR, PASSWORD, startDeparture, statusOf, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { historyOf, textsIn } from '../support/history.ts';
import { makeFaulty } from '../support/interceptions.ts';
import { aKey } from '../support/people.ts';
import { FEW_TRIES } from '../support/policies.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

const CLIENT = 'Canary client';
const LABEL = 'canary-label@home.test';
const LIST = 'canary-list';

const accountOf = ({ orgId, accountId }: TestDeparture) => engine.directory.getAccount(orgId, accountId);
const usableKeys = async ({ orgId }: TestDeparture) =>
  (await everyApiKey(engine.repositories.apiKeys, orgId)).filter((key) => isUsableKey(key, Date.now()));
const evidenceOf = ({ orgId, caseId }: TestDeparture, key: string) =>
  engine.repositories.evidence.get(orgId, effectId(caseId, key, 1));

/** Every way into the account besides the password, with what opens it. */
async function openEveryPath({ orgId, accountId }: TestDeparture) {
  const { directory } = engine;
  const scopes = ['mail'];
  const grant = (await directory.addOauthGrant(orgId, accountId, { client: CLIENT, scopes }))!;
  const expiresAtMs = Date.now() + 365 * DAY;
  const setup = (await directory.addLink(orgId, accountId, { kind: 'setup', expiresAtMs }))!;
  const reset = (await directory.addLink(orgId, accountId, { kind: 'reset', expiresAtMs }))!;
  await directory.addRecoveryMeans(orgId, accountId, { kind: 'recovery_address', label: LABEL });
  await directory.addRecoveryMeans(orgId, accountId, { kind: 'totp', label: LABEL });
  const appPassword = (await directory.addAppPassword(orgId, accountId, 'tablet'))!;
  return { grant: grant.token, links: [setup.text, reset.text], appPassword: appPassword.secret };
}

test('closes every way in on day 0, and each of them was open before', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person } = departure;
  const { directory } = engine;
  const paths = await openEveryPath(departure);
  const tryGrant = () => directory.trySecret(orgId, person.address, paths.grant, 'oauth');
  expect(await tryGrant()).toEqual({ kind: 'accepted' });
  for (const protocol of SWITCHED_PROTOCOLS)
    expect(await directory.trySecret(orgId, person.address, paths.appPassword, protocol)).toEqual({
      kind: 'accepted',
    });
  expect(await usableKeys(departure)).toHaveLength(1);
  const { setupLinks } = engine.repositories;
  const given = { createdAtMs: Date.now(), expiresAtMs: Date.now() + 365 * DAY };
  await setupLinks.give({ id: `hash-of-${departure.caseId}`, orgId, personId: person.id, ...given });
  expect(await setupLinks.listOpen(orgId, person.id, Date.now())).toHaveLength(1);

  await departure.forwardTo(HOUR);
  expect(await setupLinks.listOpen(orgId, person.id, Date.now())).toEqual([]);
  expect(await departure.stepStatuses()).toMatchObject({
    'revoke-other-credentials': 'done',
    'switch-off-protocols': 'done',
    'remove-memberships': 'done',
    'revoke-own-keys': 'done',
    'prove-day-0': 'done',
  });
  expect(await usableKeys(departure)).toEqual([]);
  expect((await evidenceOf(departure, 'revoke-other-credentials'))?.proof).toEqual({
    revokeOauthGrants: { answer: 'changed', before: 2 },
    voidLinks: { answer: 'changed', before: 3 },
    removeRecoveryMeans: { answer: 'changed', before: 3 },
  });
  expect((await evidenceOf(departure, 'revoke-own-keys'))?.proof).toMatchObject({
    ...{ usableBefore: 1, usableAfter: 0, setupLinks: 1 },
  });
  expect((await evidenceOf(departure, 'prove-day-0'))?.proof).toMatchObject({
    leaver: expect.arrayContaining(
      [...SWITCHED_PROTOCOLS, 'oauth', 'web'].map((protocol) => ({ protocol, result: 'refused_disabled' })),
    ),
    ...{ oauthGrantCount: 0, openLinkCount: 0, recoveryMeansCount: 0 },
  });

  // Each path is closed by itself, not only because the account is disabled.
  await directory.enable(orgId, departure.accountId);
  expect(await tryGrant()).toEqual({ kind: 'refused', code: 'INVALID_CREDENTIALS' });
  for (const link of paths.links)
    expect(await directory.useLink(orgId, link, 'a brand new password')).toEqual({
      kind: 'refused',
      code: 'LINK_VOID',
    });
  await directory.setPassword(orgId, departure.accountId, PASSWORD, { effectKey: 'hand:1', asOfMs: 1 });
  for (const protocol of [...SWITCHED_PROTOCOLS, 'mail'] as const)
    expect(await directory.trySecret(orgId, person.address, PASSWORD, protocol)).toEqual({
      kind: 'refused',
      code: 'PROTOCOL_OFF',
    });
  expect(await accountOf(departure)).toMatchObject({
    recoveryMeans: [],
    groups: [],
    lists: [],
    delegations: [],
  });
});

test.each([
  [
    'an application was let in',
    (d: TestDeparture) => engine.directory.addOauthGrant(d.orgId, d.accountId, { client: 'x', scopes: [] }),
  ],
  [
    'somebody asked for a reset link',
    (d: TestDeparture) =>
      engine.directory.addLink(d.orgId, d.accountId, { kind: 'reset', expiresAtMs: Date.now() + 365 * DAY }),
  ],
  [
    'a way of recovery was added',
    (d: TestDeparture) =>
      engine.directory.addRecoveryMeans(d.orgId, d.accountId, { kind: 'totp', label: 'x' }),
  ],
  [
    'IMAP was switched on',
    (d: TestDeparture) =>
      engine.directory.setProtocols(d.orgId, d.accountId, { imap: true, pop: false, smtp: false }),
  ],
])('turns red when %s after the lockout, and closes it anew when told to', async (_what, drift) => {
  const departure = await startDeparture(engine);
  await departure.forwardTo(3 * DAY);
  await drift(departure);
  await departure.forwardTo(7 * DAY + HOUR);
  expect(await departure.step('prove-day-7')).toMatchObject({
    status: 'failed',
    errorCode: 'LOCKOUT_DRIFTED',
  });
  expect(await departure.record()).toMatchObject({ state: 'needs_attention' });

  await departure.command('retryStep', { actorId: 'own_it', stepKey: 'prove-day-7' });
  const record = await departure.until((now) => statusOf(now, 'prove-day-7') === 'done');
  expect(record).toMatchObject({ state: 'running', needsAttention: false });
  expect(await accountOf(departure)).toMatchObject({
    oauthGrants: [],
    recoveryMeans: [],
    protocols: { imap: false, pop: false, smtp: false },
  });
  // Keys are the person's, not the target's: no drift of a target has them revoked again.
  expect(await departure.step('revoke-own-keys')).toMatchObject({ round: 1 });
});

test('proves a departure of 0.1.0, which knew none of these ways, by what it knew', async () => {
  const procedure = procedureNamed('departure@1');
  const departure = await startDeparture(engine, { plan: { procedure } });
  await departure.forwardTo(HOUR);
  expect((await departure.step('prove-day-0')).status).toBe('done');
  expect((await accountOf(departure))?.oauthGrants).toHaveLength(1);
});

test('proves the lockout also where somebody left the protocols on, with a reason', async () => {
  const departure = await startDeparture(engine, { policy: FEW_TRIES });
  makeFaulty(engine, departure.orgId).fail('setProtocols', 1_000);
  await departure.forwardTo(3 * DAY);
  const stepKey = 'switch-off-protocols';
  expect(await departure.step('prove-day-0')).toMatchObject({ errorCode: 'LOCKOUT_NOT_PROVEN' });
  await departure.command('skipStep', { actorId: 'own_it', stepKey });
  await departure.command('retryStep', { actorId: 'own_it', stepKey: 'prove-day-0' });
  await departure.until((now) => statusOf(now, 'prove-day-0') === 'done');
});

test('puts memberships, rights and protocols back when undone, and no credential', async () => {
  const departure = await startDeparture(engine);
  const { orgId, accountId, manager } = departure;
  await engine.directory.setProtocols(orgId, accountId, { imap: true, pop: false, smtp: true });
  await engine.directory.setMemberships(orgId, accountId, { groups: ['board', 'staff'], lists: [LIST] });
  await engine.directory.setDelegations(orgId, accountId, [
    { ownerAccountId: manager.accounts[0]!.accountId, resource: 'calendar', right: 'owner' },
    { ownerAccountId: manager.accounts[0]!.accountId, resource: 'mailbox', right: 'read' },
  ]);
  const before = (await accountOf(departure))!;
  await departure.forwardTo(DAY);
  expect(await accountOf(departure)).toMatchObject({ groups: [], lists: [], delegations: [] });

  await departure.undo();
  const closed = await departure.until((record) => record.closedAtMs !== undefined);
  expect(closed).toMatchObject({ state: 'undone' });
  const { groups, lists, delegations, protocols, status } = before;
  expect(await accountOf(departure)).toMatchObject({
    ...{ groups, lists, delegations, protocols, status },
    ...{ oauthGrants: [], recoveryMeans: [], appPasswords: [], sessionCount: 0 },
  });
  expect(await usableKeys(departure)).toEqual([]);
  const carriedOut = closed.steps.flatMap(({ key, status }) =>
    status === 'done' ? closed.plan.steps.filter((step) => step.key === key).map(({ kind }) => kind) : [],
  );
  expect(lostForGood(carriedOut).map(({ what }) => what)).toEqual(
    expect.arrayContaining(['app_passwords', 'other_credentials', 'sessions', 'api_keys']),
  );
});

test('keeps the last key that can make keys until somebody else has one, and says so', async () => {
  const departure = await startDeparture(engine);
  const { orgId, person } = departure;
  const { apiKeys } = engine.repositories;
  const own = aKey(orgId, { personId: person.id });
  const ofSameOwner = aKey(orgId, { ownerId: own.ownerId, scopes: ['people:read'] });
  const ofSomebody = aKey(orgId, { scopes: ['people:read'] });
  for (const key of [own, ofSameOwner, ofSomebody]) await apiKeys.insert(key);
  await departure.forwardTo(HOUR);
  expect((await departure.step('revoke-own-keys')).errorCode).toBe('LAST_ADMINISTRATION_KEY');
  expect((await usableKeys(departure)).map(({ id }) => id).sort()).toEqual([own.id, ofSomebody.id].sort());

  const another = aKey(orgId);
  await apiKeys.insert(another);
  await departure.forwardBy(HOUR);
  expect((await departure.step('revoke-own-keys')).status).toBe('done');
  expect((await usableKeys(departure)).map(({ id }) => id).sort()).toEqual(
    [another.id, ofSomebody.id].sort(),
  );
});

test('writes no name of a client, list or means of recovery into a history', async () => {
  const departure = await startDeparture(engine);
  await openEveryPath(departure);
  const { orgId, accountId } = departure;
  await engine.directory.setMemberships(orgId, accountId, { groups: [LIST], lists: [LIST] });
  await departure.forwardTo(DAY);
  await departure.undo();
  await departure.until((record) => record.closedAtMs !== undefined);
  const texts = textsIn(await historyOf(engine, departure.workflowId)).join('\n');
  expect(texts).toContain('revoke-other-credentials');
  for (const canary of [CLIENT, LABEL, LIST]) expect(texts).not.toContain(canary);
});
