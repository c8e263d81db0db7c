import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ALL_SCOPES } from '../../../api/http/scopes.ts';
import { newApiKey } from '../../../api/keys/new-api-key.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import {
  aDeletion,
  aPersonWithBelongings,
  EVERYTHING_DECIDED,
  questionsOf,
  stepsOf,
} from '../../support/deletion-requests.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let swiss: TestApi;
let manager: string;
beforeAll(async () => {
  api = await startTestApi({ organisation: { country: 'FR' } });
  swiss = await startTestApi();
  manager = await createTestPerson(api, { firstName: 'Grace' });
});
afterAll(async () => {
  await api.close();
  await swiss.close();
});

const DAY = 86_400_000;

const ask = (body: Json, options: Parameters<TestApi['request']>[3] = {}) =>
  api.request('POST', '/v1/deletions', body, options);
const simulate = (body: Json) => api.request('POST', '/v1/deletions/simulation', body);
const idOf = ({ body }: { readonly body: Json }): string => String(body['id']);

test('takes a deletion as a case whose plan begins at once, by a procedure of its own', async () => {
  const personId = await aPersonWithBelongings(api, { managerId: manager });
  const reply = await ask(aDeletion(personId, EVERYTHING_DECIDED));
  expect(reply).toMatchObject({
    status: 202,
    body: { kind: 'deletion', personId, plan: { procedure: 'deletion@1' }, warnings: [] },
  });
  expect(reply.headers.get('location')).toBe(`/v1/cases/${idOf(reply)}`);
  expect(questionsOf(reply)).toEqual([]);
  const { plan } = (await api.repositories.cases.get(api.orgId, idOf(reply)))!;
  expect(plan.leaveAtMs).toBe(api.clock.nowMs);
  const dueAt = Object.fromEntries(plan.steps.map(({ key, due }) => [key, due]));
  const now = { kind: 'at', atMs: plan.leaveAtMs };
  for (const key of ['disable-account', 'transfer-mail', 'transfer-files', 'archive-mailbox', 'purge-gate'])
    expect([key, dueAt[key]]).toEqual([key, now]);
  expect(dueAt['delete-account']).toEqual({ kind: 'after', stepKey: 'purge-gate', offsetMs: 30 * DAY });
  const kinds = plan.steps.map(({ kind }) => kind);
  expect(kinds).not.toContain('notifyManager');
  expect(kinds).not.toContain('startAutoReply');

  const shown = await api.request('GET', `/v1/cases/${idOf(reply)}`);
  expect(shown).toMatchObject({ status: 200, body: { kind: 'deletion', state: 'scheduled' } });
  expect((await api.request('GET', `/v1/departures/${idOf(reply)}`)).status).toBe(404);
});

test('keeps the grace that was asked for, and its reminders before its end', async () => {
  const personId = await createTestPerson(api);
  const reply = await ask(aDeletion(personId, { graceDays: 45 }));
  const { plan, request } = (await api.repositories.cases.get(api.orgId, idOf(reply)))!;
  expect(request).toMatchObject({ graceDays: 45 });
  const dueOf = (key: string) => plan.steps.find((step) => step.key === key)?.due;
  expect(dueOf('delete-account')).toMatchObject({ offsetMs: 45 * DAY });
  for (const days of [14, 3, 1])
    expect(dueOf(`remind-${days}`)).toMatchObject({ offsetMs: (45 - days) * DAY });
});

test('lets a redirect end in the grace: the gate does not wait for it, the deletion does', async () => {
  const personId = await createTestPerson(api);
  const redirect = { toPersonId: manager, reason: 'orders', days: 20 };
  const steps = stepsOf(await ask(aDeletion(personId, { redirect })));
  const waitsFor = (key: string) => steps.find((step) => step.key === key)?.dependsOn;
  expect(waitsFor('purge-gate')).toContain('start-redirect');
  expect(waitsFor('purge-gate')).not.toContain('end-redirect');
  for (const key of ['end-redirect', 'prove-day-1', 'prove-day-7'])
    expect(waitsFor('delete-account')).toContain(key);
});

test.each<[string, Json, number, string, string]>([
  ['another name', { typedName: 'Ada Byron' }, 422, 'NAME_MISMATCH', '/typedName'],
  ['a name in other letters', { typedName: 'ada lovelace' }, 422, 'NAME_MISMATCH', '/typedName'],
  ['no name', { typedName: undefined }, 400, 'INVALID_REQUEST', '/typedName'],
  ['no reason', { reason: ' ' }, 400, 'INVALID_REQUEST', '/reason'],
  ['too short a grace', { graceDays: 13 }, 422, 'GRACE_OUT_OF_RANGE', '/graceDays'],
  ['too long a grace', { graceDays: 366 }, 422, 'GRACE_OUT_OF_RANGE', '/graceDays'],
  ['half a day of grace', { graceDays: 20.5 }, 400, 'INVALID_REQUEST', '/graceDays'],
  ['a last day', { lastDay: '2027-03-31' }, 400, 'UNKNOWN_FIELD', '/lastDay'],
  ['an auto-reply', { autoReply: { days: 3 } }, 400, 'UNKNOWN_FIELD', '/autoReply'],
  ['an unknown successor', { successorId: 'per_nobody' }, 422, 'SUCCESSOR_UNKNOWN', '/successorId'],
  [
    ...(['an unknown recipient', { handover: { recipientId: 'per_nobody' } }] as const),
    ...([422, 'RECIPIENT_UNKNOWN', '/handover/recipientId'] as const),
  ],
  [
    ...([
      'mail of an empty range',
      { handover: { mail: { since: '2027-02-02', until: '2027-02-01' } } },
    ] as const),
    ...([422, 'MAIL_RANGE_EMPTY', '/handover/mail/until'] as const),
  ],
  [
    ...(['a redirect to nobody', { redirect: { toPersonId: 'per_nobody', reason: 'x' } }] as const),
    ...([422, 'REDIRECT_NOWHERE', '/redirect/toPersonId'] as const),
  ],
  ['an unknown person', { personId: 'per_nobody' }, 422, 'PERSON_UNKNOWN', '/personId'],
])('refuses %s, also in a simulation, and writes nothing', async (_what, fields, status, code, field) => {
  const personId = await createTestPerson(api);
  for (const send of [ask, simulate])
    expect(await send(aDeletion(personId, fields))).toMatchObject({ status, body: { code, field } });
  expect((await api.request('GET', `/v1/cases?personId=${personId}`)).body['items']).toEqual([]);
  const simple = await ask(aDeletion(personId));
  expect(simple.status).toBe(202);
});

test('refuses who is protected, has departed, or is the last administrator', async () => {
  const { people } = api.repositories;
  const refusalFor = async (personId: string) => (await ask(aDeletion(personId))).body['code'];
  const change = async (changes: Parameters<typeof people.update>[3]) => {
    const personId = await createTestPerson(api);
    await people.update(api.orgId, personId, 0, changes);
    return refusalFor(personId);
  };
  expect(await change({ protected: true })).toBe('PERSON_PROTECTED');
  expect(await change({ status: 'departed' })).toBe('PERSON_DEPARTED');
  const administrator = await createTestPerson(api, { accountRole: 'administrator' });
  expect(await refusalFor(administrator)).toBe('LAST_ADMINISTRATOR');
  await createTestPerson(api, { accountRole: 'administrator' });
  expect(await refusalFor(administrator)).toBeUndefined();
});

test('nobody asks for, approves or releases their own deletion, and only another owner approves', async () => {
  const personId = await createTestPerson(api);
  const own = newApiKey({
    ...{ orgId: api.orgId, ownerId: newId('own'), ownerName: 'Self', personId },
    ...{ scopes: ALL_SCOPES, createdAtMs: api.clock.nowMs },
  });
  await api.repositories.apiKeys.insert(own.key);
  const self = await ask(aDeletion(personId), { key: own.text });
  expect(self).toMatchObject({ status: 403, body: { code: 'SELF_DEPARTURE' } });

  const path = `/v1/cases/${idOf(await ask(aDeletion(personId)))}/steps/purge-gate/approve`;
  const approve = async (key: string, typedName = 'Ada Lovelace') =>
    api.request('POST', path, { typedName }, { key, idempotencyKey: newId('key') });
  expect((await approve(own.text)).body['code']).toBe('SELF_DEPARTURE');
  expect((await approve(api.key)).body['code']).toBe('SELF_APPROVAL');
  const second = await api.keyWith(['approvals:write']);
  expect((await approve(second, 'Ada')).body['code']).toBe('NAME_MISMATCH');
  expect(await approve(second)).toMatchObject({ status: 200, body: { effect: 'applied' } });
});

test('takes one open case per person, and says which one is in the way', async () => {
  const departing = await createTestPerson(api);
  const departure = { personId: departing, lastDay: '2027-03-31', reason: 'moves on' };
  const first = await api.request('POST', '/v1/departures', departure);
  expect(await ask(aDeletion(departing))).toMatchObject({
    ...{ status: 409, body: { code: 'DEPARTURE_EXISTS', departureId: idOf(first) } },
  });
  const personId = await createTestPerson(api);
  const caseId = idOf(await ask(aDeletion(personId)));
  const exists = { status: 409, body: { code: 'CASE_EXISTS', caseId, kind: 'deletion' } };
  expect(await ask(aDeletion(personId))).toMatchObject(exists);
  expect(await api.request('POST', '/v1/departures', { ...departure, personId })).toMatchObject(exists);
});

test('holds a deletion beyond the limit of the organisation until a second owner releases it', async () => {
  const guardLimits = { floor: 1, sharePercent: 1, ceiling: 1 };
  const guarded = await startTestApi({ organisation: { guardLimits } });
  const request = async (path: string, body: Json, key = guarded.key) =>
    guarded.request('POST', path, body, { key, idempotencyKey: newId('key') });
  await request('/v1/deletions', aDeletion(await createTestPerson(guarded)));
  const held = await request('/v1/deletions', aDeletion(await createTestPerson(guarded)));
  expect(held.body['state']).toBe('guard_held');
  const release = `/v1/cases/${idOf(held)}/release`;
  expect((await request(release, { reason: 'checked' })).body['code']).toBe('RELEASER_IS_REQUESTER');
  const second = await guarded.keyWith(['approvals:write']);
  expect((await request(release, { reason: 'checked' }, second)).body['state']).not.toBe('guard_held');
  await guarded.close();
});

test('simulates the plan with its calls, and holds the deletion to it', async () => {
  const personId = await aPersonWithBelongings(api, { managerId: manager });
  const body = aDeletion(personId, EVERYTHING_DECIDED);
  const simulated = await simulate(body);
  expect(simulated).toMatchObject({ status: 200, body: { procedure: 'deletion@1', warnings: [] } });
  const callsOf = Object.fromEntries(
    (simulated.body['steps'] as readonly { key: string; calls?: readonly Json[] }[]).map(({ key, calls }) => [
      key,
      calls?.[0]?.['operation'],
    ]),
  );
  expect(callsOf).toMatchObject({
    ...{ 'disable-account': 'disable', 'transfer-mail': 'storeMessage', 'transfer-files': 'setFileOwner' },
    ...{ 'hand-over-calendars': 'setCalendar', 'delete-account': 'deleteAccount' },
  });
  expect((await api.request('GET', `/v1/cases?personId=${personId}`)).body['items']).toEqual([]);
  const { planToken } = simulated.body;
  const changed = await ask({ ...body, graceDays: 60, planToken });
  expect(changed).toMatchObject({ status: 409, body: { code: 'PLAN_CHANGED', field: '/planToken' } });
  const taken = await ask({ ...body, planToken });
  expect(taken.status).toBe(202);
  expect(
    stepsOf(taken)
      .map(({ key }) => key)
      .toSorted(),
  ).toEqual(Object.keys(callsOf).toSorted());
});

test('a repeated request has one effect, and another under the same key is refused', async () => {
  const body = aDeletion(await createTestPerson(api));
  const idempotencyKey = newId('key');
  const [first, again] = [await ask(body, { idempotencyKey }), await ask(body, { idempotencyKey })];
  expect(again).toMatchObject({ status: 202, body: { id: idOf(first) } });
  const other = await ask({ ...body, graceDays: 60 }, { idempotencyKey });
  expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_MISMATCH' } });
});

test('needs the scope of cases, and belongs to its organisation', async () => {
  const personId = await createTestPerson(api);
  const key = await api.keyWith(['cases:read', 'departures:*']);
  expect((await ask(aDeletion(personId), { key })).body['code']).toBe('SCOPE_MISSING');
  const caseId = idOf(await ask(aDeletion(personId)));
  const path = `/v1/deletions/${caseId}/restore`;
  const options = { idempotencyKey: newId('key') };
  const foreign = await swiss.request('POST', path, { reason: 'mine' }, options);
  expect(foreign).toMatchObject({ status: 404, body: { code: 'DELETION_NOT_FOUND' } });
});
