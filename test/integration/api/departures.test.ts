import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { openCaseClaimId } from '../../../shared/domain/ids.ts';
import { createTestPerson, NOW_MS, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let manager: string;

beforeAll(async () => {
  api = await startTestApi();
  manager = await createTestPerson(api, {
    firstName: 'Grace',
    lastName: 'Hopper',
    address: 'grace@harbour.example',
  });
});
afterEach(() => {
  api.engine.isDown = false;
});
afterAll(() => api.close());

interface ShownStep {
  readonly key: string;
  readonly kind: string;
  readonly status: string;
  readonly dueAt: { readonly utc: string; readonly local: string };
  readonly at?: { readonly utc: string; readonly local: string };
  readonly calls?: readonly { readonly target: string; readonly operation: string }[];
  readonly rounds: readonly Json[];
  readonly error?: Json;
}
const stepsOf = (body: Json): readonly ShownStep[] => body['steps'] as readonly ShownStep[];
const stepOf = (body: Json, key: string): ShownStep => stepsOf(body).find((step) => step.key === key)!;

const aLeaver = (fields: Json = {}): Promise<string> =>
  createTestPerson(api, { managerId: manager, ...fields });
const ask = (personId: string, fields: Json = {}): Json => ({
  personId,
  lastDay: '2027-03-31',
  reason: 'moves on',
  ...fields,
});

test('takes a departure: 202, its address, the plan in local time and UTC, and a started workflow', async () => {
  const personId = await aLeaver();
  const reply = await api.request('POST', '/v1/departures', ask(personId));
  expect(reply.status).toBe(202);
  const id = String(reply.body['id']);
  expect(reply.headers.get('location')).toBe(`/v1/departures/${id}`);
  expect(reply.body).toMatchObject({ personId, state: 'scheduled', engine: 'started', warnings: [] });
  expect(reply.body['leaveAt']).toEqual({ utc: '2027-03-31T15:30:00.000Z', local: '2027-03-31T17:30+02:00' });
  expect(stepOf(reply.body, 'notify-manager').dueAt.local).toBe('2027-03-24T09:00+01:00');
  expect(stepOf(reply.body, 'archive-mailbox').dueAt.local).toBe('2027-05-30T17:30+02:00');
  expect(api.engine.startedIds).toContain(`departure:${api.orgId}:${id}`);
  const shown = await api.request('GET', `/v1/departures/${id}`);
  expect(shown.body).toMatchObject({ id, engine: 'started', requestedBy: api.ownerId });
});

test('refuses a second departure of the same person and names the first', async () => {
  const personId = await aLeaver();
  const first = await api.request('POST', '/v1/departures', ask(personId));
  const second = await api.request('POST', '/v1/departures', ask(personId));
  expect(second.status).toBe(409);
  expect(second.body).toMatchObject({ code: 'DEPARTURE_EXISTS', departureId: first.body['id'] });
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
});

test('lets exactly one of eight simultaneous requests for one person through', async () => {
  const personId = await aLeaver();
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => api.request('POST', '/v1/departures', ask(personId))),
  );
  expect(replies.map((reply) => reply.status).sort()).toEqual([202, 409, 409, 409, 409, 409, 409, 409]);
  const list = await api.request('GET', `/v1/departures?personId=${personId}`);
  expect(list.body['items']).toHaveLength(1);
});

test('gives the same answer to the same request under one key, and starts one case', async () => {
  const personId = await aLeaver();
  const send = (body: Json) =>
    api.request('POST', '/v1/departures', body, { idempotencyKey: `d-${personId}` });
  const first = await send(ask(personId));
  const again = await send(Object.fromEntries(Object.entries(ask(personId)).reverse()));
  expect(again.status).toBe(202);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  const other = await send(ask(personId, { reason: 'something else' }));
  expect([other.status, other.body['code']]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
});

test('takes a departure while the engine is away; the same request later starts it', async () => {
  const personId = await aLeaver();
  api.engine.isDown = true;
  const reply = await api.request('POST', '/v1/departures', ask(personId));
  expect(reply.status).toBe(202);
  expect(reply.body).toMatchObject({ engine: 'requested', state: 'scheduled' });
  const id = String(reply.body['id']);
  const requested = await api.repositories.cases.listRequested(200, NOW_MS + 1);
  expect(requested.map((record) => record.id)).toContain(id);
  const shown = await api.request('GET', `/v1/departures/${id}`);
  expect(shown.body).toMatchObject({ id, engine: 'requested' });
  const paused = await api.request('POST', `/v1/departures/${id}/pause`, {}, { idempotencyKey: 'p' });
  expect([paused.status, paused.body['code']]).toEqual([503, 'ENGINE_UNAVAILABLE']);
  expect(Number(paused.headers.get('retry-after'))).toBeGreaterThan(0);

  api.engine.isDown = false;
  const later = await api.request('POST', `/v1/departures/${id}/pause`, {}, { idempotencyKey: 'p' });
  expect([later.status, later.body['state']]).toEqual([200, 'paused']);
  expect((await api.request('GET', `/v1/departures/${id}`)).body['engine']).toBe('started');
});

test('goes on under the same key where a process died after the claim, and after the case was written', async () => {
  for (const died of ['claimed', 'written'] as const) {
    const personId = await aLeaver();
    const { cases } = api.repositories;
    const insert = cases.insert.bind(cases);
    const dying = {
      ...cases,
      insert: async (record: Parameters<typeof insert>[0]) => {
        if (died === 'written') await insert(record);
        throw new Error('died');
      },
    };
    Object.assign(api.repositories, { cases: dying });
    const send = () =>
      api.request('POST', '/v1/departures', ask(personId), { idempotencyKey: `c-${personId}` });
    expect((await send()).status).toBe(500);
    Object.assign(api.repositories, { cases });
    const again = await send();
    expect([died, again.status, again.body['engine']]).toEqual([died, 202, 'started']);
    const list = await api.request('GET', `/v1/departures?personId=${personId}`);
    expect(list.body['items']).toHaveLength(1);
  }
});

test.each([
  ['frees a person whose claim was left behind a minute ago', 61_000, 202],
  ['leaves a claim alone whose case may still be written', 0, 409],
])('%s', async (_what, ageMs, status) => {
  const personId = await aLeaver();
  const left = `cas_${ulid(Date.now() - ageMs)}`;
  await api.repositories.claims.take(openCaseClaimId(api.orgId, personId), api.orgId, left, NOW_MS);
  expect((await api.request('POST', '/v1/departures', ask(personId))).status).toBe(status);
});

test('warns of a last day that is past, and locks at once', async () => {
  const reply = await api.request('POST', '/v1/departures', ask(await aLeaver(), { lastDay: '2027-01-04' }));
  expect(reply.body['warnings']).toEqual(['LAST_DAY_PAST']);
  expect((reply.body['leaveAt'] as Json)['utc']).toBe(new Date(NOW_MS).toISOString());
});

test('moves a leave time out of the missing hour of a clock change, and says so', async () => {
  const body = ask(await aLeaver(), { lastDay: '2027-03-28', leaveTime: '02:30' });
  const reply = await api.request('POST', '/v1/departures', body);
  expect(reply.body['warnings']).toEqual(['LEAVE_TIME_ADJUSTED']);
  expect(reply.body['leaveAt']).toEqual({ utc: '2027-03-28T01:30:00.000Z', local: '2027-03-28T03:30+02:00' });
});

test.each([
  ['fr', /ne travaille plus ici.*Grace Hopper.*grace@harbour\.example/],
  ['de-CH', /arbeitet nicht mehr hier.*Grace Hopper.*grace@harbour\.example/],
  ['it', /non lavora più qui.*Grace Hopper.*grace@harbour\.example/],
  ['pt', /no longer works here.*Grace Hopper.*grace@harbour\.example/],
])('writes the usual auto-reply in the language of %s, naming the contact', async (locale, expected) => {
  const reply = await api.request('POST', '/v1/departures', ask(await aLeaver({ locale })));
  const { autoReply, contactPersonId } = reply.body['request'] as {
    autoReply: Json;
    contactPersonId: string;
  };
  expect(autoReply['text']).toMatch(expected);
  expect(autoReply['days']).toBe(30);
  expect(contactPersonId).toBe(manager);
});

test('names the contact before the successor, and the successor before the manager', async () => {
  const [contact, successor] = [await createTestPerson(api), await createTestPerson(api)];
  const contactOf = async (fields: Json) => {
    const reply = await api.request('POST', '/v1/departures/simulation', ask(await aLeaver(), fields));
    return (reply.body['request'] as Json)['contactPersonId'];
  };
  expect(await contactOf({ contactPersonId: contact, successorId: successor })).toBe(contact);
  expect(await contactOf({ successorId: successor })).toBe(successor);
  const account = successor.replace('per_', 'acc_');
  await api.directory.disable(api.orgId, account, 'leave', { effectKey: 't', asOfMs: 1 });
  expect(await contactOf({ successorId: successor })).toBe(manager);
});

test('gives no auto-reply and a warning where nobody can be named, and none without a warning where it is off', async () => {
  const alone = await createTestPerson(api);
  const body = ask(alone);
  const simulated = await api.request('POST', '/v1/departures/simulation', body);
  expect(simulated.body['warnings']).toEqual(['NO_CONTACT']);
  expect(stepsOf(simulated.body).map((step) => step.kind)).not.toContain('startAutoReply');
  const off = await api.request('POST', '/v1/departures/simulation', {
    ...body,
    autoReply: { enabled: false },
  });
  expect(off.body['warnings']).toEqual([]);
});

test('simulates the plan of the departure itself, with the calls that will change something', async () => {
  await createTestPerson(api, { accountRole: 'administrator' });
  const personId = await aLeaver({ accountRole: 'administrator' });
  const account = personId.replace('per_', 'acc_');
  await api.directory.addAppPassword(api.orgId, account, 'phone');
  await api.directory.addOauthGrant(api.orgId, account, { client: 'Notes', scopes: [] });
  await api.directory.addRecoveryMeans(api.orgId, account, { kind: 'totp', label: 'phone' });
  await api.directory.setMemberships(api.orgId, account, { groups: ['staff'], lists: [] });
  const ownKey = { ownerName: 'Ada', personId, scopes: ['people:read'] };
  expect((await api.request('POST', '/v1/api-keys', ownKey)).status).toBe(201);
  const simulated = await api.request('POST', '/v1/departures/simulation', ask(personId));
  expect(simulated.status).toBe(200);
  const calls = stepsOf(simulated.body).flatMap((step) =>
    (step.calls ?? []).map((one) => `${one.target}: ${one.operation}`),
  );
  expect(calls).toEqual([
    'directory: disable',
    'directory: setPassword',
    'directory: revokeAppPasswords',
    'directory: revokeOauthGrants',
    'directory: removeRecoveryMeans',
    'directory: setProtocols',
    'directory: setRole',
    'directory: setMemberships',
    'gangway: revokeApiKey',
    'directory: setAutoReply',
    'directory: endAutoReply',
    'directory: deleteAccount',
  ]);
  expect((await api.request('GET', `/v1/departures?personId=${personId}`)).body['items']).toEqual([]);
  const taken = await api.request('POST', '/v1/departures', ask(personId));
  const instants = (steps: readonly ShownStep[]) =>
    Object.fromEntries(steps.map((step) => [step.key, (step.at ?? step.dueAt).utc]));
  expect(instants(stepsOf(simulated.body))).toEqual(instants(stepsOf(taken.body)));
});

test('lists the newest first by range pages, filtered by state and attention', async () => {
  const own = await startTestApi();
  const ids: unknown[] = [];
  for (let index = 0; index < 3; index += 1) {
    const personId = await createTestPerson(own);
    ids.push((await own.request('POST', '/v1/departures', ask(personId))).body['id']);
  }
  const first = await own.request('GET', '/v1/departures?limit=2');
  const second = await own.request('GET', `/v1/departures?limit=2&after=${String(first.body['next'])}`);
  const shown = [first, second].flatMap((page) => (page.body['items'] as Json[]).map((item) => item['id']));
  expect(shown).toEqual(ids.reverse());
  expect(second.body).not.toHaveProperty('next');
  await own.request('POST', `/v1/departures/${String(ids[0])}/pause`, {}, { idempotencyKey: 'x' });
  const paused = await own.request('GET', '/v1/departures?state=paused&needsAttention=false');
  expect((paused.body['items'] as Json[]).map((item) => item['id'])).toEqual([ids[0]]);
  const dueUntil = async (instant: string): Promise<number> =>
    ((await own.request('GET', `/v1/departures?dueUntil=${instant}`)).body['items'] as Json[]).length;
  // The notice to the manager is due on 24 March, at nine in Zurich.
  expect(await dueUntil('2027-03-24T07:59:59Z')).toBe(0);
  expect(await dueUntil('2027-03-24T08:00:00Z')).toBe(3);
  await own.close();
});

test('shows of each step what was there before, after, the attempts and the error in our words', async () => {
  const personId = await aLeaver();
  const taken = await api.request('POST', '/v1/departures', ask(personId));
  const caseId = String(taken.body['id']);
  const workflowId = `departure:${api.orgId}:${caseId}`;
  const of = { key: 'disable-account', round: 1, atMs: NOW_MS };
  await api.engine.tell(workflowId, { kind: 'stepStarted', ...of });
  await api.engine.tell(workflowId, {
    kind: 'stepFailed',
    errorCode: 'READ_BACK_MISMATCH',
    called: false,
    ...of,
  });
  const id = `eff:${caseId}:disable-account:1`;
  const intent = { id, orgId: api.orgId, caseId, personId, stepKey: 'disable-account', round: 1 };
  await api.repositories.evidence.intend({ ...intent, kind: 'disableAccount' });
  const attempt = { startedAtMs: NOW_MS, endedAtMs: NOW_MS + 5 };
  await api.repositories.evidence.fail(api.orgId, id, 'READ_BACK_MISMATCH', attempt);
  const shown = await api.request('GET', `/v1/departures/${caseId}`);
  expect(shown.body).toMatchObject({ state: 'needs_attention', needsAttention: true });
  const step = stepOf(shown.body, 'disable-account');
  expect(step).toMatchObject({ status: 'failed', error: { code: 'READ_BACK_MISMATCH' } });
  expect(step.error?.['sentence']).toContain('reading back shows otherwise');
  expect(step.rounds[0]).toMatchObject({
    evidenceId: id,
    attempts: [
      { attempt: 1, startedAt: new Date(NOW_MS).toISOString(), error: { code: 'READ_BACK_MISMATCH' } },
    ],
  });
});

test('shows no departure of another organisation', async () => {
  const taken = await api.request('POST', '/v1/departures', ask(await aLeaver()));
  const stranger = await startTestApi();
  const reply = await stranger.request('GET', `/v1/departures/${String(taken.body['id'])}`);
  expect([reply.status, reply.body['code']]).toEqual([404, 'DEPARTURE_NOT_FOUND']);
  await stranger.close();
});
