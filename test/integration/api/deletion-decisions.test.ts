import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { asDeletion } from '../../support/as-departure.ts';
import { aDeletion, aPersonWithBelongings, questionsOf } from '../../support/deletion-requests.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';
import { newId } from '../../../shared/platform/new-id.ts';

let api: TestApi;
let manager: string;
let caseId: string;
beforeAll(async () => {
  api = await startTestApi({ organisation: { country: 'FR' } });
  manager = await createTestPerson(api, { firstName: 'Grace' });
});
afterAll(() => api.close());
beforeEach(async () => {
  caseId = await aCase({ managerId: manager });
});

async function aCase(person: Json): Promise<string> {
  const personId = await aPersonWithBelongings(api, person);
  const reply = await api.request('POST', '/v1/deletions', aDeletion(personId));
  expect(questionsOf(reply)).toHaveLength(5);
  return String(reply.body['id']);
}

const decide = (body: Json, idempotencyKey = newId('key')) =>
  api.request('POST', `/v1/deletions/${caseId}/decisions`, body, { idempotencyKey });
const complete = (item: string, proof: string) =>
  api.request(
    'POST',
    `/v1/cases/${caseId}/checklist/decide-${item}/complete`,
    { proof },
    { idempotencyKey: newId('key') },
  );
const request = async () => asDeletion(await api.repositories.cases.get(api.orgId, caseId)).request;
const itemOf = async (item: string) => {
  const { body } = await api.request('GET', `/v1/cases/${caseId}/checklist`);
  return (body['items'] as readonly Json[]).find(({ key }) => key === `decide-${item}`);
};

test.each<[string, Json, Json]>([
  ['mail', { mail: { folders: ['INBOX'] } }, { handover: { mail: { folders: ['INBOX'] } } }],
  ['files', { files: true }, { handover: { targets: { directory: { files: 'yes' } } } }],
  ['files', { files: false }, { handover: { filesGoWithAccount: true } }],
  ['calendars', { calendars: 'close' }, { handover: { calendars: 'close' } }],
  ['contacts', { contacts: true }, { handover: { targets: { directory: { contacts: 'yes' } } } }],
  ['redirect', { redirect: false }, {}],
])('writes the decision about %s, %j, into what was asked for', async (item, body, expected) => {
  const reply = await decide(body);
  expect(reply).toMatchObject({ status: 200, body: { caseId, effect: 'applied' } });
  const after = await request();
  expect(after).toMatchObject(expected);
  expect(after.undecided).toHaveLength(4);
  expect(after.undecided).not.toContain(item);
  expect(await itemOf(item)).toMatchObject({
    ...{ status: 'attested', attestedBy: api.ownerId, proof: { item, attestedBy: api.ownerId } },
  });
});

test.each(['mail', 'files', 'contacts'])('takes %s out of the handover when nobody gets it', async (item) => {
  await decide({ [item]: false });
  const { handover } = await request();
  expect(handover?.targets['directory']).not.toHaveProperty(item);
});

test('redirects to somebody of the organisation for the days that are usual in the country', async () => {
  const redirect = { toPersonId: manager, reason: 'orders' };
  await decide({ redirect });
  const { address } = (await api.repositories.people.get(api.orgId, manager))!;
  expect((await request()).redirect).toEqual({
    ...redirect,
    ...{ to: address, outside: false, keepCopy: true, days: 30, outliveAccount: false },
  });
});

test.each<[Json, number, string, string]>([
  [{}, 422, 'ONE_ITEM_AT_A_TIME', ''],
  [{ files: true, contacts: true }, 422, 'ONE_ITEM_AT_A_TIME', '/contacts'],
  [{ calendars: 'keep' }, 400, 'INVALID_REQUEST', '/calendars'],
  [{ mail: { since: '2027-02-30' } }, 422, 'DATE_INVALID', '/mail/since'],
  [{ redirect: { toPersonId: 'per_nobody', reason: 'x' } }, 422, 'REDIRECT_NOWHERE', '/redirect/toPersonId'],
  [
    { redirect: { toAddress: 'x@elsewhere.test', reason: 'x' } },
    ...([400, 'INVALID_REQUEST', '/redirect'] as const),
  ],
])('refuses %j, and decides nothing', async (body, status, code, field) => {
  expect(await decide(body)).toMatchObject({ status, body: { code, field } });
  expect((await request()).undecided).toHaveLength(5);
});

test('the first answer stands: another one is refused, the same one does no harm', async () => {
  const key = newId('key');
  const once = () => decide({ files: true }, key);
  expect([(await once()).status, (await once()).status]).toEqual([200, 200]);
  expect((await decide({ files: false })).body['code']).toBe('STEP_ALREADY_SETTLED');
  expect((await request()).handover).not.toHaveProperty('filesGoWithAccount');
});

test('an answer whose command never came to its case still keeps another one out, and can be given again', async () => {
  api.engine.isDown = true;
  expect((await decide({ files: true })).body['code']).toBe('ENGINE_UNAVAILABLE');
  api.engine.isDown = false;
  expect((await decide({ files: false })).body['code']).toBe('STEP_ALREADY_SETTLED');
  expect((await request()).handover).not.toHaveProperty('filesGoWithAccount');
  expect((await decide({ files: true })).status).toBe(200);
  expect(await itemOf('files')).toMatchObject({ status: 'attested' });
});

test('takes the word of somebody who did it by hand, and leaves it undecided', async () => {
  expect((await complete('mail', 'Ticket 4711')).status).toBe(200);
  expect((await request()).undecided).toContain('mail');
  expect((await decide({ mail: false })).body['code']).toBe('STEP_ALREADY_SETTLED');
  expect(await itemOf('mail')).toMatchObject({ proof: { text: 'Ticket 4711' } });
});

test('lets nobody leave a question out', async () => {
  const path = `/v1/cases/${caseId}/steps/decide-files/skip`;
  const skipped = await api.request('POST', path, { reason: 'x' }, { idempotencyKey: newId('key') });
  expect(skipped).toMatchObject({ status: 409, body: { code: 'STEP_NOT_SKIPPABLE' } });
});

test('hands nothing over to nobody: whoever receives is named first', async () => {
  caseId = await aCase({});
  for (const body of [{ files: true }, { mail: {} }, { calendars: 'handOver' }])
    expect((await decide(body)).body['code']).toBe('RECIPIENT_MISSING');
  // What nobody receives needs no recipient.
  for (const body of [{ calendars: 'close' }, { contacts: true }])
    expect((await decide(body)).status).toBe(200);
  const path = `/v1/deletions/${caseId}/recipient`;
  const named = await api.request('PUT', path, { personId: manager }, { idempotencyKey: newId('key') });
  expect(named).toMatchObject({ status: 200, body: { caseId } });
  expect((await decide({ files: true })).status).toBe(200);
});

test('asks nothing about what was decided, and decides nothing once the case is closed', async () => {
  const personId = await createTestPerson(api);
  const { body } = await api.request('POST', '/v1/deletions', aDeletion(personId));
  caseId = String(body['id']);
  expect((await decide({ files: true })).body['code']).toBe('STEP_UNKNOWN');
  const cancelled = await api.request(
    'POST',
    `/v1/deletions/${caseId}/restore`,
    { reason: 'x' },
    { idempotencyKey: newId('key') },
  );
  expect(cancelled.body).toMatchObject({ endsAs: 'cancelled' });
  await api.engine.tell(`deletion:${api.orgId}:${caseId}`, { kind: 'closed', atMs: 5 });
  expect((await decide({ redirect: false })).body['code']).toBe('CASE_CLOSED');
});
