import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let mover: string;
let below: string;
let furtherBelow: string;
const others: Record<string, string> = {};

beforeAll(async () => {
  api = await startTestApi();
  await api.request('PUT', '/v1/templates/support', { groups: ['staff', 'helpdesk'], lists: [] });
  await api.request('PUT', '/v1/templates/sales', {
    groups: ['staff', 'crm'],
    lists: [],
    quotaBytes: 1_000_000,
  });
  await api.request('PUT', '/v1/templates/it', {
    groups: ['staff'],
    lists: [],
    accountRole: 'administrator',
  });
  await api.request('PUT', '/v1/templates/tiny', { groups: [], lists: [], quotaBytes: 5 });
  mover = await createTestPerson(api, { groups: ['staff', 'helpdesk'] });
  await change(mover, { template: 'support' });
  const account = mover.replace('per_', 'acc_');
  await api.directory.setMemberships(api.orgId, account, { groups: ['staff', 'helpdesk'], lists: [] });
  const { address } = (await api.repositories.people.get(api.orgId, mover))!;
  const message = { from: 'a@outside.example', subject: 'Hello', text: 'x'.repeat(3_000) };
  await api.directory.deliver(api.orgId, { to: address, ...message });
  below = await createTestPerson(api, { managerId: mover });
  furtherBelow = await createTestPerson(api, { managerId: below });
  for (const status of ['departed', 'leaving', 'disabled', 'joining'] as const) {
    others[status] = await createTestPerson(api);
    await change(others[status], { status });
  }
  others['protected'] = await createTestPerson(api, { protected: true });
  others['administrator'] = await createTestPerson(api, { accountRole: 'administrator' });
  others['lost'] = await createTestPerson(api);
  await change(others['lost'], { template: 'deleted' });
});
afterAll(() => api.close());

async function change(id: string, changes: Parameters<TestApi['repositories']['people']['update']>[3]) {
  await api.repositories.people.update(api.orgId, id, 0, changes);
}

/** Today is 2027-01-11. */
const good = (): Json => ({ personId: mover, to: 'sales', date: '2027-02-01' });

interface Row {
  readonly what: string;
  readonly body: () => unknown;
  readonly status: number;
  readonly code: string;
  readonly field: string;
}
const row = (what: string, body: () => Json, status: number, code: string, field: string): Row => ({
  ...{ what, status, code, field },
  body: () => ({ ...good(), ...body() }),
});
const who = (word: string) => () => ({ personId: others[word] });

const rows: readonly Row[] = [
  row('an unknown person', () => ({ personId: 'per_none' }), 422, 'PERSON_UNKNOWN', '/personId'),
  row('a protected person', who('protected'), 422, 'PERSON_PROTECTED', '/personId'),
  row('somebody who has departed', who('departed'), 409, 'PERSON_DEPARTED', '/personId'),
  row('somebody who is leaving', who('leaving'), 409, 'PERSON_NOT_HERE', '/personId'),
  row('somebody who is disabled', who('disabled'), 409, 'PERSON_NOT_HERE', '/personId'),
  row('somebody who has not come yet', who('joining'), 409, 'PERSON_NOT_HERE', '/personId'),
  row('an unknown template', () => ({ to: 'pilot' }), 422, 'TEMPLATE_UNKNOWN', '/to'),
  row('an unknown old template', () => ({ from: 'pilot' }), 422, 'TEMPLATE_UNKNOWN', '/from'),
  row('an old template that is gone', who('lost'), 422, 'TEMPLATE_UNKNOWN', '/from'),
  row('the role the person has', () => ({ to: 'support' }), 422, 'ROLE_UNCHANGED', '/to'),
  row('the person as manager', () => ({ managerId: mover }), 422, 'MANAGER_IS_SELF', '/managerId'),
  row('an unknown manager', () => ({ managerId: 'per_none' }), 422, 'MANAGER_UNKNOWN', '/managerId'),
  row('a manager whom the person manages', () => ({ managerId: below }), 422, 'MANAGER_LOOP', '/managerId'),
  row(
    'a manager whom the person manages through others',
    () => ({ managerId: furtherBelow }),
    422,
    'MANAGER_LOOP',
    '/managerId',
  ),
  row(
    'a manager who leaves',
    () => ({ managerId: others['leaving'] }),
    422,
    'MANAGER_INACTIVE',
    '/managerId',
  ),
  row('a date that does not exist', () => ({ date: '2027-02-30' }), 422, 'DATE_INVALID', '/date'),
  row('a date 31 days ago', () => ({ date: '2026-12-11' }), 422, 'ROLE_DATE_OUT_OF_RANGE', '/date'),
  row('a date beyond two years', () => ({ date: '2029-01-12' }), 422, 'ROLE_DATE_OUT_OF_RANGE', '/date'),
  row('a time that is none', () => ({ time: '24:00' }), 422, 'TIME_INVALID', '/time'),
  row('an unknown zone', () => ({ timeZone: 'Europe/Atlantis' }), 422, 'ZONE_UNKNOWN', '/timeZone'),
  row('an overlap of 366 days', () => ({ overlapDays: 366 }), 400, 'INVALID_REQUEST', '/overlapDays'),
  row('an overlap of less than none', () => ({ overlapDays: -1 }), 400, 'INVALID_REQUEST', '/overlapDays'),
  row('half a day of overlap', () => ({ overlapDays: 0.5 }), 400, 'INVALID_REQUEST', '/overlapDays'),
  row('a promotion that nobody confirmed', () => ({ to: 'it' }), 422, 'CONFIRMATION_REQUIRED', '/confirm'),
  row(
    'a promotion beside the template that nobody confirmed',
    () => ({ accountRole: 'administrator' }),
    422,
    'CONFIRMATION_REQUIRED',
    '/confirm',
  ),
  row(
    'a demotion of the last administrator',
    () => ({ personId: others['administrator'], accountRole: 'user' }),
    409,
    'LAST_ADMINISTRATOR',
    '/accountRole',
  ),
  row('a quota below the use', () => ({ quotaBytes: 100 }), 422, 'QUOTA_BELOW_USE', '/quotaBytes'),
  row('a template whose quota is below the use', () => ({ to: 'tiny' }), 422, 'QUOTA_BELOW_USE', '/to'),
  row('a quota of nothing', () => ({ quotaBytes: 0 }), 400, 'INVALID_REQUEST', '/quotaBytes'),
  row(
    'a department with a line break',
    () => ({ department: 'a\nb' }),
    400,
    'INVALID_REQUEST',
    '/department',
  ),
  row('an unknown field', () => ({ lists: [] }), 400, 'UNKNOWN_FIELD', '/lists'),
  row('an operator object', () => ({ to: { $ne: '' } }), 400, 'OPERATOR_REFUSED', '/to/$ne'),
];

async function written(): Promise<Json> {
  const names = ['cases', 'claims', 'idempotency', 'audit'];
  const counts = names.map(async (name) => {
    const { connection } = api.repositories.database;
    return [name, (await connection.collection(name).find({ orgId: api.orgId }).toArray()).length] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

describe.each(['/v1/role-changes', '/v1/role-changes/simulation'])('POST %s', (path) => {
  test.each(rows)('refuses $what and writes nothing', async ({ body, status, code, field }) => {
    const before = await written();
    const reply = await api.request('POST', path, body());
    expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([status, code, field]);
    expect(await written()).toEqual(before);
    expect(api.engine.startedIds).toEqual([]);
  });
});

test('says what an administrator may do before somebody becomes one', async () => {
  const { body } = await api.request('POST', '/v1/role-changes', { ...good(), to: 'it' });
  expect(String(body['title'])).toContain('an administrator has access to manage all users');
  const confirmed = await api.request('POST', '/v1/role-changes/simulation', {
    ...good(),
    ...{ to: 'it', confirm: true },
  });
  expect(confirmed.status).toBe(200);
});

test('takes a date of 30 days ago, which counts from now, and one of two years ahead', async () => {
  for (const [date, warnings] of [
    ['2026-12-12', ['DATE_PAST']],
    ['2029-01-11', []],
  ] as const) {
    const { status, body } = await api.request('POST', '/v1/role-changes/simulation', { ...good(), date });
    expect(status).toBe(200);
    expect((body['warnings'] as readonly string[]).filter((one) => one === 'DATE_PAST')).toEqual(warnings);
  }
});

test('nobody is given a manager below them by a plain change either', async () => {
  const refused = await api.request('PATCH', `/v1/people/${mover}`, { managerId: furtherBelow });
  expect([refused.status, refused.body['code'], refused.body['field']]).toEqual([
    ...[422, 'MANAGER_LOOP', '/managerId'],
  ]);
  const moved = await api.request('PATCH', `/v1/people/${furtherBelow}`, { managerId: mover });
  expect(moved.status).toBe(200);
});
