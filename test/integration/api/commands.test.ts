import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  createTestPerson,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';

let api: TestApi;
let second: string;
let personId: string;
let caseId: string;
let workflowId: string;

beforeAll(async () => {
  api = await startTestApi();
  second = await api.keyWith(['departures:*', 'approvals:*']);
});
afterAll(() => api.close());

beforeEach(async () => {
  personId = await createTestPerson(api, { firstName: 'Ada', lastName: 'Lovelace' });
  const body = { personId, lastDay: '2027-03-31', reason: 'moves on' };
  const reply = await api.request('POST', '/v1/departures', body);
  caseId = String(reply.body['id']);
  workflowId = `departure:${api.orgId}:${caseId}`;
});

let keys = 0;
const freshKey = (): string => `k-${(keys += 1)}`;

function send(
  path: string,
  body: Json = {},
  options: { key?: string; idempotencyKey?: string } = {},
): Promise<Reply> {
  return api.request(methodOf(path), `/v1/departures/${caseId}/${path}`, body, {
    idempotencyKey: freshKey(),
    ...options,
  });
}
const methodOf = (path: string): string => (['legal-hold', 'recipient'].includes(path) ? 'PUT' : 'POST');
const outcome = (reply: Reply): readonly unknown[] => [
  reply.status,
  reply.body['code'] ?? reply.body['effect'],
];
const at = { round: 1, atMs: 1 };

test.each([
  ['reschedule', { lastDay: '2027-04-30' }],
  ['pause', {}],
  ['resume', {}],
  ['cancel', {}],
  ['abort', { reason: 'x' }],
  ['undo', { reason: 'x' }],
  ['steps/disable-account/retry', {}],
  ['steps/disable-account/skip', { reason: 'x' }],
  ['steps/purge-gate/approve', { typedName: 'Ada Lovelace' }],
  ['legal-hold', { reason: 'x' }],
  ['release', { reason: 'x' }],
  ['procedure', { version: 'departure@2' }],
  ['recipient', { personId: 'per_x' }],
])('%s needs an Idempotency-Key', async (path, body) => {
  const reply = await api.request(methodOf(path), `/v1/departures/${caseId}/${path}`, body);
  expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([
    400,
    'IDEMPOTENCY_KEY_REQUIRED',
    'Idempotency-Key',
  ]);
});

test.each([
  ['with a space in it', 'two words'],
  ['beyond ASCII', 'é'],
  ['of 201 characters', 'x'.repeat(201)],
])('takes no Idempotency-Key %s', async (_what, idempotencyKey) => {
  expect(outcome(await send('pause', {}, { idempotencyKey }))).toEqual([400, 'IDEMPOTENCY_KEY_INVALID']);
});

test('has one effect and gives one answer for five simultaneous and one later request under one key', async () => {
  const before = api.engine.effects.length;
  const idempotencyKey = freshKey();
  const replies = await Promise.all(Array.from({ length: 5 }, () => send('pause', {}, { idempotencyKey })));
  const later = await send('pause', {}, { idempotencyKey });
  expect(new Set([...replies, later].map((reply) => JSON.stringify([reply.status, reply.body]))).size).toBe(
    1,
  );
  expect(later).toMatchObject({ status: 200, body: { effect: 'applied', state: 'paused' } });
  expect(api.engine.effects.length - before).toBe(1);
  expect(outcome(await send('pause', { reason: 'other' }, { idempotencyKey }))).toEqual([
    422,
    'IDEMPOTENCY_MISMATCH',
  ]);
});

test('gives the stored answer under the same key also after the case closed', async () => {
  const idempotencyKey = freshKey();
  const first = await send('pause', {}, { idempotencyKey });
  await send('cancel');
  await api.engine.tell(workflowId, { kind: 'closed', atMs: 5 });
  expect((await send('pause', {}, { idempotencyKey })).body).toEqual(first.body);
  expect(outcome(await send('pause'))).toEqual([409, 'CASE_CLOSED']);
});

test('says on cancelling what stays as it is', async () => {
  await api.engine.tell(workflowId, { kind: 'stepStarted', key: 'notify-manager', round: 1, atMs: 5 });
  await api.engine.tell(workflowId, {
    kind: 'stepSettled',
    key: 'notify-manager',
    round: 1,
    atMs: 6,
    outcome: 'done',
  });
  expect((await send('cancel')).body).toMatchObject({ effect: 'applied', staysInEffect: ['notify-manager'] });
});

test('counts two owners with the same key text as two commands', async () => {
  const idempotencyKey = freshKey();
  const skip = (key?: string) =>
    send(
      'steps/disable-account/skip',
      { reason: 'x' },
      { idempotencyKey, ...(key === undefined ? {} : { key }) },
    );
  expect(outcome(await skip())).toEqual([200, 'awaiting_second']);
  expect(outcome(await skip(second))).toEqual([200, 'applied']);
});

test('refuses with the code and the sentence of the case, and the same key may be used again', async () => {
  const idempotencyKey = freshKey();
  const refused = await send('resume', {}, { idempotencyKey });
  expect(outcome(refused)).toEqual([409, 'NOT_PAUSED']);
  expect(refused.body['detail']).toBe('The case is not paused.');
  await send('pause');
  expect(outcome(await send('resume', {}, { idempotencyKey }))).toEqual([200, 'applied']);
});

test('goes on where an outage cut a command off', async () => {
  const idempotencyKey = freshKey();
  api.engine.isDown = true;
  expect(outcome(await send('pause', {}, { idempotencyKey }))).toEqual([503, 'ENGINE_UNAVAILABLE']);
  api.engine.isDown = false;
  expect(outcome(await send('pause', {}, { idempotencyKey }))).toEqual([200, 'applied']);
});

test('moves a departure: a new version of the plan, with the notice that was sent kept', async () => {
  await api.engine.tell(workflowId, { kind: 'stepStarted', key: 'notify-manager', ...at });
  await api.engine.tell(workflowId, { kind: 'stepSettled', key: 'notify-manager', outcome: 'done', ...at });
  const reply = await send('reschedule', { lastDay: '2027-04-30', leaveTime: '12:00' });
  expect(outcome(reply)).toEqual([200, 'applied']);
  const shown = await api.request('GET', `/v1/departures/${caseId}`);
  expect(shown.body).toMatchObject({
    plan: { version: 2 },
    leaveAt: { local: '2027-04-30T12:00+02:00' },
    request: { lastDay: '2027-04-30', leaveTime: '12:00', reason: 'moves on' },
  });
  const steps = shown.body['steps'] as Json[];
  const notices = steps.filter((step) => step['kind'] === 'notifyManager');
  expect(notices.map((step) => [step['key'], step['status']])).toEqual([
    ['notify-manager', 'done'],
    ['notify-manager-2', 'waiting'],
  ]);
});

test.each([
  [{ lastDay: '2027-02-30' }, 422, 'DATE_INVALID'],
  [{ lastDay: '2030-01-01' }, 422, 'DATE_OUT_OF_RANGE'],
  [{ lastDay: '2027-04-30', timeZone: 'Mars/Base' }, 422, 'ZONE_UNKNOWN'],
  [{}, 422, 'LAST_DAY_REQUIRED'],
  [{ lastDay: '2027-04-30', urgent: true }, 422, 'URGENT_WITH_FUTURE_DAY'],
])('does not move a departure to %j', async (body, status, code) => {
  const before = api.engine.effects.length;
  expect(outcome(await send('reschedule', body))).toEqual([status, code]);
  expect(api.engine.effects.length).toBe(before);
});

test('retries a step that failed, and no other', async () => {
  const key = 'disable-account';
  expect(outcome(await send(`steps/${key}/retry`))).toEqual([409, 'STEP_NOT_RETRYABLE']);
  await api.engine.tell(workflowId, { kind: 'stepStarted', key, ...at });
  await api.engine.tell(workflowId, {
    kind: 'stepFailed',
    key,
    errorCode: 'UNEXPECTED',
    called: false,
    ...at,
  });
  expect(outcome(await send(`steps/${key}/retry`))).toEqual([200, 'applied']);
  expect(outcome(await send('steps/no-such-step/retry'))).toEqual([404, 'STEP_UNKNOWN']);
});

test('skips an essential step with two people, an ordinary one with one, a guard of the deletion never', async () => {
  const skip = (key: string, options = {}) =>
    send(`steps/${key}/skip`, { reason: 'the court says so' }, options);
  expect(outcome(await skip('disable-account'))).toEqual([200, 'awaiting_second']);
  expect(outcome(await skip('disable-account'))).toEqual([409, 'SECOND_PERSON_NEEDED']);
  expect(outcome(await skip('disable-account', { key: second }))).toEqual([200, 'applied']);
  expect(outcome(await skip('archive-mailbox'))).toEqual([200, 'applied']);
  expect(outcome(await skip('purge-gate'))).toEqual([409, 'STEP_NOT_SKIPPABLE']);
  expect(outcome(await send('steps/archive-mailbox/skip', {}))).toEqual([400, 'INVALID_REQUEST']);
  const audit = await api.repositories.audit.listByCase(api.orgId, caseId, { limit: 50 });
  const skips = audit.filter((entry) => entry.action === 'departure.skipStep');
  expect(skips.map((entry) => entry.detail['stepKey']).sort()).toEqual([
    'archive-mailbox',
    'disable-account',
    'disable-account',
  ]);
  expect(skips.map((entry) => entry.detail['reason'])).toEqual(Array(3).fill('the court says so'));
  expect(JSON.stringify(api.engine.effects)).not.toContain('court');
});

test('lets the gate pass for another owner who types the full name, and for nobody else', async () => {
  const approve = (typedName: string, key: string, step = 'purge-gate') =>
    send(`steps/${step}/approve`, { typedName }, { key });
  const stored = () => api.repositories.approvals.get(api.orgId, caseId, 'purge-gate');
  expect(outcome(await approve('Ada Lovelace', api.key))).toEqual([403, 'SELF_APPROVAL']);
  expect(outcome(await approve('ada lovelace', second))).toEqual([422, 'NAME_MISMATCH']);
  expect(outcome(await approve('Ada Lovelace', second, 'archive-mailbox'))).toEqual([
    409,
    'APPROVAL_NOT_NEEDED',
  ]);
  expect(outcome(await approve('Ada Lovelace', second, 'no-such-step'))).toEqual([404, 'STEP_UNKNOWN']);
  expect(await stored()).toBeUndefined();
  expect(outcome(await approve(' Ada  Lovelace', second))).toEqual([200, 'applied']);
  expect(await stored()).toMatchObject({ stepKey: 'purge-gate' });
  expect(JSON.stringify(api.engine.effects)).not.toContain('Lovelace');
});

test('writes a hold to the person even while the engine is away, and lifts it again', async () => {
  api.engine.isDown = true;
  const idempotencyKey = freshKey();
  const away = await send('legal-hold', { reason: 'dispute' }, { idempotencyKey });
  expect(outcome(away)).toEqual([503, 'ENGINE_UNAVAILABLE']);
  const shown = await api.request('GET', `/v1/people/${personId}`);
  expect(shown.body['legalHold']).toMatchObject({ placedBy: api.ownerId, reason: 'dispute' });
  api.engine.isDown = false;
  expect(outcome(await send('legal-hold', { reason: 'dispute' }, { idempotencyKey }))).toEqual([
    200,
    'applied',
  ]);
  expect(api.engine.progressOf(workflowId)?.onLegalHold).toBe(true);
  const lifted = await api.request(
    'DELETE',
    `/v1/departures/${caseId}/legal-hold`,
    { reason: 'settled' },
    { idempotencyKey: freshKey() },
  );
  expect(outcome(lifted)).toEqual([200, 'applied']);
  expect(api.engine.progressOf(workflowId)?.onLegalHold).toBe(false);
  expect((await api.request('GET', `/v1/people/${personId}`)).body).not.toHaveProperty('legalHold');
});

test('starts a case that was taken during an outage with the hold that was placed since', async () => {
  const other = await createTestPerson(api);
  api.engine.isDown = true;
  const body = { personId: other, lastDay: '2027-03-31', reason: 'x' };
  caseId = String((await api.request('POST', '/v1/departures', body)).body['id']);
  expect((await send('legal-hold', { reason: 'dispute' })).status).toBe(503);
  api.engine.isDown = false;
  expect((await send('pause')).status).toBe(200);
  expect(api.engine.progressOf(`departure:${api.orgId}:${caseId}`)?.onLegalHold).toBe(true);
});

test('knows no departure of another organisation', async () => {
  caseId = 'cas_01ARZ3NDEKTSV4RRFFQ69G5FAV';
  expect(outcome(await send('cancel'))).toEqual([404, 'DEPARTURE_NOT_FOUND']);
});
