import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ALL_SCOPES } from '../../../api/http/scopes.ts';
import { newApiKey } from '../../../api/keys/new-api-key.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let mona: string;

beforeAll(async () => {
  api = await startTestApi();
  const put = (name: string, body: Json) => api.request('PUT', `/v1/templates/${name}`, body);
  await put('support', { groups: ['staff', 'helpdesk'], lists: ['help'], department: 'Support' });
  await put('sales', { groups: ['staff', 'crm'], lists: ['orders'], quotaBytes: 2_000, department: 'Sales' });
  await put('it', { groups: ['staff'], accountRole: 'administrator' });
  mona = await createTestPerson(api, { firstName: 'Mona', lastName: 'Manager' });
});
afterAll(() => api.close());

/** Somebody in support, who has what the template gives. Today is 2027-01-11. */
async function aMover(fields: Json = {}): Promise<string> {
  const id = await createTestPerson(api, { groups: ['staff', 'helpdesk'], quotaBytes: 1_000, ...fields });
  await api.repositories.people.update(api.orgId, id, 0, { template: 'support' });
  const account = id.replace('per_', 'acc_');
  await api.directory.setMemberships(api.orgId, account, { groups: ['staff', 'helpdesk'], lists: ['help'] });
  return id;
}
const ask = (body: Json, options = {}) => api.request('POST', '/v1/role-changes', body, options);
const tell = (
  id: unknown,
  what: string,
  body: Json,
  key = encodeURIComponent(`${what}-${JSON.stringify(body)}`),
) => api.request('POST', `/v1/role-changes/${String(id)}/${what}`, body, { idempotencyKey: key });
const usual = (personId: string): Json => ({ personId, to: 'sales', date: '2027-02-01' });
type Steps = readonly { readonly key: string; readonly dueAt: { readonly local: string } }[];
const dueOf = (body: Json, key: string) =>
  (body['steps'] as Steps).find((step) => step.key === key)?.dueAt.local;

test('freezes what comes, what goes, quota and department, and answers with the plan', async () => {
  const personId = await aMover();
  const { status, headers, body } = await ask({ ...usual(personId), managerId: mona });
  expect(status).toBe(202);
  expect(headers.get('location')).toBe(`/v1/cases/${String(body['id'])}`);
  expect(body).toMatchObject({ kind: 'role_change', personId, state: 'scheduled' });
  expect(body['request']).toEqual({
    ...{ personId, to: 'sales', from: 'support', date: '2027-02-01', time: '08:00' },
    ...{
      timeZone: 'Europe/Zurich',
      overlapDays: 14,
      quotaBytes: 2_000,
      department: 'Sales',
      managerId: mona,
    },
    adds: { groups: ['crm'], lists: ['orders'] },
    removes: { groups: ['helpdesk'], lists: ['help'] },
  });
  expect(dueOf(body, 'add-rights')).toBe('2027-02-01T08:00+01:00');
  expect(dueOf(body, 'remove-old-rights')).toBe('2027-02-15T08:00+01:00');

  await api.request('PUT', '/v1/templates/sales', { groups: ['everything'], lists: [] });
  const shown = await api.request('GET', `/v1/cases/${String(body['id'])}`);
  expect(shown.body['request']).toEqual(body['request']);
  await api.request('PUT', '/v1/templates/sales', {
    ...{ groups: ['staff', 'crm'], lists: ['orders'], quotaBytes: 2_000, department: 'Sales' },
  });
});

test('is simulated with every instant and call, and writes nothing', async () => {
  const personId = await aMover();
  const { status, body } = await api.request('POST', '/v1/role-changes/simulation', usual(personId));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    effectiveAt: { local: '2027-02-01T08:00+01:00' },
    oldRightsEndAt: { local: '2027-02-15T08:00+01:00' },
  });
  const calls = (body['steps'] as readonly { readonly key: string; readonly calls?: unknown }[]).flatMap(
    (step) => (step.calls === undefined ? [] : [[step.key, step.calls]]),
  );
  const call = (operation: string) => ({ target: 'directory', operation });
  expect(calls).toEqual([
    ['add-rights', [call('setMemberships'), call('setSettings')]],
    ['remove-old-rights', [call('setMemberships')]],
  ]);
  const cases = await api.request('GET', `/v1/cases?personId=${personId}`);
  expect(cases.body['items']).toEqual([]);
});

test('the plan of the simulation is the plan of the role change', async () => {
  const personId = await aMover();
  const simulated = await api.request('POST', '/v1/role-changes/simulation', usual(personId));
  const asked = await ask(usual(personId));
  const keysOf = (body: Json) => (body['steps'] as Steps).map(({ key }) => key).toSorted();
  expect(keysOf(simulated.body)).toEqual(keysOf(asked.body));
  expect(simulated.body['request']).toEqual(asked.body['request']);
});

test('whoever was an administrator by the old role alone ends as one with the overlap', async () => {
  const personId = await createTestPerson(api, { accountRole: 'administrator', groups: ['staff'] });
  await createTestPerson(api, { accountRole: 'administrator' });
  const { body } = await ask({ ...usual(personId), from: 'it' });
  expect(body['request']).toMatchObject({ accountRole: 'user' });
  expect(dueOf(body, 'drop-administrator-role')).toBe('2027-02-15T08:00+01:00');
});

test('to the same template, only what is missing comes', async () => {
  const personId = await aMover();
  expect((await ask({ ...usual(personId), to: 'support' })).body).toMatchObject({
    request: { adds: { groups: [], lists: [] }, department: 'Support' },
  });
  const other = await aMover({ department: 'Support' });
  const account = other.replace('per_', 'acc_');
  await api.directory.setMemberships(api.orgId, account, { groups: ['staff'], lists: ['help'] });
  expect((await ask({ ...usual(other), to: 'support' })).body).toMatchObject({
    request: { adds: { groups: ['helpdesk'], lists: [] }, removes: { groups: [], lists: [] } },
  });
});

test('the same key asks once, and one person has one open case', async () => {
  const personId = await aMover();
  const first = await ask(usual(personId), { idempotencyKey: 'once' });
  const again = await ask(usual(personId), { idempotencyKey: 'once' });
  expect(again.body['id']).toBe(first.body['id']);
  const second = await ask(usual(personId));
  expect([second.status, second.body['code'], second.body['caseId']]).toEqual([
    ...[409, 'CASE_EXISTS', first.body['id']],
  ]);
  const departure = await api.request('POST', '/v1/departures', {
    ...{ personId, lastDay: '2027-03-31', reason: 'leaves', autoReply: { enabled: false } },
  });
  expect([departure.status, departure.body['code']]).toEqual([409, 'CASE_EXISTS']);
});

test('is taken while the engine is away', async () => {
  const personId = await aMover();
  api.engine.isDown = true;
  const { status, body } = await ask(usual(personId));
  api.engine.isDown = false;
  expect([status, body['engine']]).toEqual([202, 'requested']);
});

test('nobody changes their own role, nor lets their own old rights stay', async () => {
  const personId = await aMover();
  const own = newApiKey({
    ...{ orgId: api.orgId, ownerId: 'own_mover', ownerName: 'Self', personId },
    ...{ scopes: ALL_SCOPES, createdAtMs: api.clock.nowMs },
  });
  await api.repositories.apiKeys.insert(own.key);
  const self = await ask(usual(personId), { key: own.text });
  expect([self.status, self.body['code']]).toEqual([403, 'OWN_ROLE']);
  const { body } = await ask(usual(personId));
  const id = String(body['id']);
  for (const [what, wanted] of [
    ['extend', { overlapDays: 100 }],
    ['reschedule', { date: '2027-03-01' }],
  ] as const) {
    const path = `/v1/role-changes/${id}/${what}`;
    const refused = await api.request('POST', path, wanted, { key: own.text, idempotencyKey: what });
    expect([refused.status, refused.body['code']]).toEqual([403, 'OWN_ROLE']);
  }
});

test('moves to another date until it has begun', async () => {
  const { body } = await ask(usual(await aMover()));
  const moved = await tell(body['id'], 'reschedule', { date: '2027-03-01', time: '09:30' });
  expect(moved.status).toBe(200);
  const after = (await api.request('GET', `/v1/cases/${String(body['id'])}`)).body;
  expect(after['request']).toMatchObject({ date: '2027-03-01', time: '09:30' });
  expect(dueOf(after, 'remove-old-rights')).toBe('2027-03-15T09:30+01:00');
  expect((await tell(body['id'], 'reschedule', { date: '2026-12-01' })).body).toMatchObject({
    ...{ code: 'ROLE_DATE_OUT_OF_RANGE', earliest: '2026-12-12' },
  });
  expect((await tell(body['id'], 'reschedule', {})).body['code']).toBe('INVALID_REQUEST');
  await begin(body['id'], 'note-rights');
  expect((await tell(body['id'], 'reschedule', { date: '2027-03-02' })).body['code']).toBe(
    'ROLE_CHANGE_BEGAN',
  );
});

/** A step is carried out, as the workflow tells it. */
async function begin(id: unknown, key: string): Promise<void> {
  const workflowId = `role_change:${api.orgId}:${String(id)}`;
  const atMs = api.clock.nowMs;
  await api.engine.tell(workflowId, { kind: 'stepStarted', key, round: 1, atMs });
  await api.engine.tell(workflowId, { kind: 'stepSettled', key, round: 1, outcome: 'done', atMs });
}

test('lets the old rights stay longer, by days or until a day, and never shorter', async () => {
  const { body } = await ask(usual(await aMover()));
  await begin(body['id'], 'note-rights');
  const codeOf = async (wanted: Json) => (await tell(body['id'], 'extend', wanted)).body['code'];
  expect((await tell(body['id'], 'extend', { overlapDays: 30 })).status).toBe(200);
  expect((await tell(body['id'], 'extend', { until: '2027-03-31', reason: 'hands over' })).status).toBe(200);
  const after = (await api.request('GET', `/v1/cases/${String(body['id'])}`)).body;
  expect(after['request']).toMatchObject({ overlapDays: 58 });
  expect(dueOf(after, 'remove-old-rights')).toBe('2027-03-31T08:00+02:00');
  expect(dueOf(after, 'note-rights')).toBe('2027-02-01T08:00+01:00');

  expect(await codeOf({ until: '2027-03-01' })).toBe('OVERLAP_SHORTER');
  expect(await codeOf({ overlapDays: 20 })).toBe('OVERLAP_SHORTER');
  expect(await codeOf({ until: '2028-03-01' })).toBe('OVERLAP_OUT_OF_RANGE');
  expect(await codeOf({ until: '2027-02-30' })).toBe('DATE_INVALID');
  expect(await codeOf({ overlapDays: 366 })).toBe('INVALID_REQUEST');
  expect(await codeOf({ overlapDays: 80, until: '2027-05-01' })).toBe('INVALID_REQUEST');
  await begin(body['id'], 'remove-old-rights');
  expect(await codeOf({ overlapDays: 90 })).toBe('OLD_RIGHTS_GONE');
});

test('nothing stays longer where nothing ends', async () => {
  const personId = await createTestPerson(api);
  const { body } = await ask({ ...usual(personId), from: null });
  expect(body['request']).toMatchObject({ removes: { groups: [], lists: [] } });
  expect((await tell(body['id'], 'extend', { overlapDays: 90 })).body['code']).toBe('OLD_RIGHTS_GONE');
  const departure = await api.request('POST', '/v1/departures', {
    ...{ personId: await createTestPerson(api), lastDay: '2027-03-31', reason: 'leaves' },
    autoReply: { enabled: false },
  });
  expect((await tell(departure.body['id'], 'extend', { overlapDays: 90 })).body['code']).toBe(
    'CASE_NOT_FOUND',
  );
});
