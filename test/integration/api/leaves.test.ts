import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ALL_SCOPES } from '../../../api/http/scopes.ts';
import { newApiKey } from '../../../api/keys/new-api-key.ts';
import type { StepView } from '../../../shared/domain/case-record.ts';
import { caseWorkflowId } from '../../../shared/domain/ids.ts';
import { LEAVE_PROCEDURE } from '../../../shared/domain/leave.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let managerId: string;
let personId: string;
beforeAll(async () => {
  api = await startTestApi();
  managerId = await createTestPerson(api, { firstName: 'Mona', lastName: 'Manager' });
});
afterAll(() => api.close());
beforeEach(async () => {
  personId = await createTestPerson(api, { firstName: 'Lea', lastName: 'Leaver', managerId });
});

const FIRST = '2027-02-01';
const RETURN = '2027-03-01';
const dated = (more: Json = {}): Json => ({
  ...{ personId, reason: 'leave', firstDay: FIRST, returnDay: RETURN },
  ...more,
});
const ask = (body: Json, options = {}) => api.request('POST', '/v1/leaves', body, options);
const tell = (path: string, body: Json, key?: string) =>
  api.request('POST', path, body, { idempotencyKey: newId('key'), ...(key === undefined ? {} : { key }) });
const idOf = (reply: { readonly body: Json }) => String(reply.body['id']);

/** The steps of a leave up to here were carried out, as a workflow would tell. */
async function carriedOut(caseId: string, ...keys: readonly string[]): Promise<void> {
  const workflowId = caseWorkflowId('leave', api.orgId, caseId);
  const atMs = api.clock.nowMs;
  for (const key of keys) {
    await api.engine.tell(workflowId, { kind: 'stepStarted', key, round: 1, atMs });
    await api.engine.tell(workflowId, { kind: 'stepSettled', key, round: 1, outcome: 'done', atMs });
  }
}
const LOCKED = ['take-snapshot', 'disable-account', 'revoke-sessions', 'prove-disabled', 'start-auto-reply'];

test('takes a leave as a case with its plan, its warnings and a reply that names the day of the return', async () => {
  const reply = await ask(dated());
  expect(reply).toMatchObject({
    status: 202,
    body: {
      ...{ kind: 'leave', personId, state: 'scheduled', warnings: [] },
      effectiveAt: { local: '2027-02-01T00:00+01:00' },
      plan: { procedure: 'leave@1' },
    },
  });
  expect(reply.headers.get('Location')).toBe(`/v1/cases/${idOf(reply)}`);
  const { request, steps } = reply.body as { readonly request: Json; readonly steps: readonly Json[] };
  expect(request).toMatchObject({ ...{ time: '00:00', contactPersonId: managerId }, firstDay: FIRST });
  const { text } = request['autoReply'] as { readonly text: string };
  expect(text).toContain('{{returnDay}}');
  expect(text).toContain('Mona Manager');
  expect(steps.find(({ key }) => key === 'enable-account')).toMatchObject({
    dueAt: { local: '2027-03-01T00:00+01:00' },
  });
  const shown = await api.request('GET', `/v1/cases/${idOf(reply)}`);
  expect(shown.body).toMatchObject({ kind: 'leave', request: { returnDay: RETURN } });
});

test('simulates the very plan, and writes nothing', async () => {
  const simulated = await api.request('POST', '/v1/leaves/simulation', dated());
  expect(simulated).toMatchObject({
    status: 200,
    body: { beginsAt: { local: '2027-02-01T00:00+01:00' }, endsAt: { local: '2027-03-01T00:00+01:00' } },
  });
  const steps = simulated.body['steps'] as readonly Json[];
  expect(steps.find(({ key }) => key === 'disable-account')?.['calls']).toEqual([
    { target: 'directory', operation: 'disable' },
  ]);
  expect((await api.request('GET', `/v1/cases?personId=${personId}`)).body['items']).toEqual([]);
  const asked = await ask(dated());
  const keys = (body: Json) => (body['steps'] as readonly Json[]).map(({ key }) => key);
  expect(keys(asked.body).toSorted()).toEqual(keys(simulated.body).toSorted());

  const other = await createTestPerson(api);
  const open = await api.request('POST', '/v1/leaves/simulation', { personId: other, reason: 'leave' });
  expect(open.body).not.toHaveProperty('endsAt');
  expect((open.body['steps'] as readonly Json[]).at(-1)).not.toHaveProperty('at');
});

test.each<[string, Json, string, string]>([
  ['a first day that is none', { firstDay: '2027-02-30' }, 'DATE_INVALID', '/firstDay'],
  ['a first day in the far past', { firstDay: '2026-01-01' }, 'DATE_OUT_OF_RANGE', '/firstDay'],
  ['a return years ahead', { returnDay: '2040-01-01' }, 'DATE_OUT_OF_RANGE', '/returnDay'],
  ['a return before the beginning', { returnDay: '2027-01-31' }, 'RETURN_NOT_AFTER_START', '/returnDay'],
  ['a return on the first day', { returnDay: FIRST }, 'RETURN_NOT_AFTER_START', '/returnDay'],
  ['a time that is none', { time: '24:00' }, 'TIME_INVALID', '/time'],
  ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'ZONE_UNKNOWN', '/timeZone'],
  ['a suspicion with a first day', { reason: 'suspicious' }, 'SUSPICIOUS_AT_ONCE', '/firstDay'],
  [
    'a suspicion with a return',
    { reason: 'suspicious', firstDay: undefined },
    'SUSPICIOUS_WITHOUT_RETURN',
    '/returnDay',
  ],
  [
    'a time without a day',
    { firstDay: undefined, returnDay: undefined, time: '08:00' },
    'TIME_WITHOUT_DAY',
    '/time',
  ],
  [
    'an open end whose text names the return',
    { returnDay: undefined, autoReply: { text: 'Back on {{returnDay}}' } },
    'AUTO_REPLY_VARIABLE_UNKNOWN',
    '/autoReply/text',
  ],
  [
    'a variable of departures',
    { autoReply: { text: '{{lastDay}}' } },
    'AUTO_REPLY_VARIABLE_UNKNOWN',
    '/autoReply/text',
  ],
  [
    'words for no reply',
    { autoReply: { enabled: false, text: 'x' } },
    'AUTO_REPLY_CONTRADICTION',
    '/autoReply/enabled',
  ],
  ['a contact nobody knows', { contactPersonId: 'per_nobody' }, 'CONTACT_UNKNOWN', '/contactPersonId'],
  ['a person nobody knows', { personId: 'per_nobody' }, 'PERSON_UNKNOWN', '/personId'],
  ['a reason that is none', { reason: 'holiday' }, 'INVALID_REQUEST', '/reason'],
])('refuses %s, in the simulation too, and leaves nothing behind', async (_what, more, code, field) => {
  for (const path of ['/v1/leaves', '/v1/leaves/simulation']) {
    const reply = await api.request('POST', path, dated(more));
    expect([reply.status >= 400, reply.body['code'], reply.body['field']]).toEqual([true, code, field]);
  }
  expect((await api.request('GET', `/v1/cases?personId=${personId}`)).body['items']).toEqual([]);
  expect((await ask(dated())).status).toBe(202);
});

test('guards the protected, the last administrator, and everybody from themselves', async () => {
  const { people, apiKeys } = api.repositories;
  const admin = await createTestPerson(api, { accountRole: 'administrator' });
  expect((await ask(dated({ personId: admin }))).body).toMatchObject({ code: 'LAST_ADMINISTRATOR' });
  const own = newApiKey({
    ...{ orgId: api.orgId, ownerId: 'own_self', ownerName: 'Self', personId },
    ...{ scopes: ALL_SCOPES, createdAtMs: api.clock.nowMs },
  });
  await apiKeys.insert(own.key);
  expect((await ask(dated(), { key: own.text })).body).toMatchObject({ code: 'SELF_DEPARTURE' });
  const { rev } = (await people.get(api.orgId, personId))!;
  await people.update(api.orgId, personId, rev, { protected: true });
  expect((await ask(dated())).body).toMatchObject({ code: 'PERSON_PROTECTED' });
});

test('counts in the guard of the organisation', async () => {
  const strict = await startTestApi({
    organisation: { guardLimits: { floor: 1, sharePercent: 1, ceiling: 1 } },
  });
  const leave = async () =>
    strict.request('POST', '/v1/leaves', {
      ...{ personId: await createTestPerson(strict), reason: 'suspicious' },
    });
  expect((await leave()).body['state']).toBe('scheduled');
  expect((await leave()).body['state']).toBe('guard_held');
  await strict.close();
});

test('one key makes one leave, and a departure meanwhile is told which case has to end', async () => {
  const idempotencyKey = newId('key');
  const [first, second] = [await ask(dated(), { idempotencyKey }), await ask(dated(), { idempotencyKey })];
  expect(idOf(second)).toBe(idOf(first));
  const departure = await api.request('POST', '/v1/departures', { personId, urgent: true, reason: 'left' });
  expect(departure).toMatchObject({
    status: 409,
    body: { code: 'CASE_EXISTS', caseId: idOf(first), kind: 'leave' },
  });
  expect((await ask(dated())).body).toMatchObject({ code: 'CASE_EXISTS', caseId: idOf(first) });
});

test('the short form begins at once; for somebody who leaves for good it offers a departure', async () => {
  const path = `/v1/people/${personId}/disable`;
  expect(await api.request('POST', path, { reason: 'departure' })).toMatchObject({
    status: 422,
    body: { code: 'DEPARTURE_NEEDED', field: '/reason', offer: 'POST /v1/departures' },
  });
  const reply = await api.request('POST', path, { reason: 'leave', returnDay: RETURN });
  expect(reply).toMatchObject({ status: 202, body: { kind: 'leave' } });
  expect((reply.body['effectiveAt'] as Json)['utc']).toBe(new Date(api.clock.nowMs).toISOString());
  const unknown = await api.request('POST', '/v1/people/per_nobody/disable', { reason: 'leave' });
  expect(unknown.body['code']).toBe('PERSON_NOT_FOUND');
});

test('moves the days, with a reply that fits; what has begun keeps its first day', async () => {
  const id = idOf(await ask(dated()));
  const move = (body: Json) => tell(`/v1/leaves/${id}/reschedule`, body);
  expect((await move({})).body['code']).toBe('INVALID_REQUEST');
  expect((await move({ firstDay: '2027-02-08', returnDay: '2027-03-08' })).status).toBe(200);
  await carriedOut(id, ...LOCKED);
  expect((await move({ firstDay: '2027-02-10' })).body['code']).toBe('LEAVE_BEGUN');
  expect((await move({ returnDay: '2027-01-01' })).body['code']).toBe('DATE_OUT_OF_RANGE');
  expect((await move({ returnDay: null })).status).toBe(200);
  const shown = (await api.request('GET', `/v1/cases/${id}`)).body as {
    readonly request: { readonly autoReply: { readonly text: string } };
    readonly steps: readonly StepView[];
  };
  expect(shown.request).not.toHaveProperty('returnDay');
  expect(shown.request.autoReply.text).not.toContain('returnDay');
  const keys = shown.steps.map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining(['end-leave', 'start-auto-reply-2']));

  await carriedOut(id, 'enable-account');
  expect((await move({ returnDay: RETURN })).body['code']).toBe('LEAVE_ENDING');
});

test('a text of one’s own that names the return keeps the leave from losing it', async () => {
  const id = idOf(await ask(dated({ autoReply: { text: 'Back on {{returnDay}}' } })));
  const reply = await tell(`/v1/leaves/${id}/reschedule`, { returnDay: null });
  expect([reply.status, reply.body['code']]).toEqual([422, 'RETURN_DAY_NAMED']);
  const shown = await api.request('GET', `/v1/cases/${id}`);
  expect(shown.body).toMatchObject({ request: { returnDay: RETURN } });
});

test.each<[string, Json]>([
  ['with a day of return', { returnDay: RETURN }],
  ['without one', {}],
])('ends a leave %s at once, through either door, and once for each key', async (_what, more) => {
  const id = idOf(await ask({ personId, reason: 'leave', ...more }));
  expect((await tell(`/v1/leaves/${id}/end`, {})).body['code']).toBe('LEAVE_NOT_BEGUN');
  await carriedOut(id, ...LOCKED);
  const idempotencyKey = newId('key');
  const enable = () =>
    api.request('POST', `/v1/people/${personId}/enable`, { reason: 'back' }, { idempotencyKey });
  const [first, second] = [await enable(), await enable()];
  expect(first).toMatchObject({ status: 200, body: { caseId: id, effect: 'applied' } });
  expect(second.body).toEqual(first.body);
  const progress = api.engine.progressOf(caseWorkflowId('leave', api.orgId, id))!;
  const enableStep = progress.plan.steps.find(({ key }) => key === 'enable-account')!;
  const due =
    'returnDay' in more
      ? { kind: 'at', atMs: api.clock.nowMs }
      : { kind: 'after', stepKey: 'end-leave', offsetMs: 0 };
  expect(enableStep.due).toEqual(due);
  await carriedOut(id, 'enable-account');
  expect((await tell(`/v1/leaves/${id}/end`, {})).body['code']).toBe('LEAVE_ENDING');
});

test('a suspicious account is not opened before each question was answered, and by nobody for themselves', async () => {
  const id = idOf(await ask({ personId, reason: 'suspicious' }));
  await carriedOut(id, 'take-snapshot', 'disable-account');
  const { investigation } = LEAVE_PROCEDURE;
  expect(await tell(`/v1/people/${personId}/enable`, {})).toMatchObject({
    status: 409,
    body: { code: 'INVESTIGATION_OPEN', items: investigation },
  });
  const own = newApiKey({
    ...{ orgId: api.orgId, ownerId: newId('own'), ownerName: 'Self', personId },
    ...{ scopes: ALL_SCOPES, createdAtMs: api.clock.nowMs },
  });
  await api.repositories.apiKeys.insert(own.key);
  const complete = (key: string, by?: string) =>
    tell(`/v1/cases/${id}/checklist/${key}/complete`, { proof: 'Ticket 4711' }, by);
  expect((await complete('decide', own.text)).body['code']).toBe('SELF_DEPARTURE');
  for (const key of investigation) expect((await complete(key)).status).toBe(200);
  expect((await tell(`/v1/leaves/${id}/end`, {}, own.text)).body['code']).toBe('SELF_DEPARTURE');
  expect((await tell(`/v1/leaves/${id}/end`, { reason: 'a false alarm' })).status).toBe(200);
  const checklist = await api.request('GET', `/v1/cases/${id}/checklist`);
  const items = checklist.body['items'] as readonly Json[];
  expect(items.map(({ key, status }) => [key, status])).toEqual(
    [...investigation, 'end-leave'].map((key) => [key, 'attested']),
  );
});

test('opens an account that a case left locked by a case of its own; an open one is told so', async () => {
  const enable = () => tell(`/v1/people/${personId}/enable`, {});
  expect((await enable()).body['code']).toBe('NOT_DISABLED');
  const { people } = api.repositories;
  const { rev, accounts } = (await people.get(api.orgId, personId))!;
  const call = { effectKey: 'hand:1', asOfMs: api.clock.nowMs };
  await api.directory.disable(api.orgId, accounts[0]!.accountId, 'leave', call);
  await people.update(api.orgId, personId, rev, { status: 'disabled' });
  expect(await ask(dated())).toMatchObject({
    status: 409,
    body: { code: 'ALREADY_DISABLED', offer: `POST /v1/people/${personId}/enable` },
  });
  const opened = await enable();
  expect(opened).toMatchObject({ status: 202, body: { kind: 'leave', request: { opensOnly: true } } });
  const keys = (opened.body['steps'] as readonly Json[]).map(({ key }) => key);
  expect(keys).toEqual(['enable-account', 'prove-active']);
});

test('enabling somebody who has another case is told which one', async () => {
  await api.request('POST', '/v1/departures', { personId, lastDay: '2027-02-26', reason: 'left' });
  expect((await tell(`/v1/people/${personId}/enable`, {})).body['code']).toBe('DEPARTURE_EXISTS');
});
