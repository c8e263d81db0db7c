import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aDeletion, aPersonWithBelongings, questionsOf, stepsOf } from '../../support/deletion-requests.ts';
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

const ask = (body: Json) => api.request('POST', '/v1/deletions', body);

test('asks on the checklist about what a deletion does not decide, where there is something', async () => {
  const personId = await aPersonWithBelongings(api, { managerId: manager });
  const all = ['mail', 'files', 'calendars', 'contacts', 'redirect'].map((item) => `decide-${item}`);
  const reply = await ask(aDeletion(personId));
  expect(questionsOf(reply)).toEqual(all);
  const gate = stepsOf(reply).find(({ key }) => key === 'purge-gate');
  expect(gate?.dependsOn).toEqual(expect.arrayContaining(all));
  const { body } = await api.request('GET', `/v1/cases/${String(reply.body['id'])}/checklist`);
  const items = body['items'] as readonly Json[];
  expect(items.map(({ key, status }) => [key, status])).toEqual(all.map((key) => [key, 'waiting']));
});

test.each<[string, Json]>([
  ['decide-mail', { handover: { mail: false } }],
  ['decide-mail', { handover: { mail: { folders: ['INBOX'] } } }],
  ['decide-files', { handover: { files: false } }],
  ['decide-calendars', { handover: { calendars: 'close' } }],
  ['decide-contacts', { handover: { contacts: false } }],
  ['decide-redirect', { redirect: false }],
])('does not ask %s of a deletion with %j', async (question, fields) => {
  const personId = await aPersonWithBelongings(api, { managerId: manager });
  const reply = await ask(aDeletion(personId, fields));
  expect(questionsOf(reply)).not.toContain(question);
  expect(questionsOf(reply)).toHaveLength(4);
});

test('asks somebody who owns nothing about the address alone, and not where the country allows no redirect', async () => {
  expect(questionsOf(await ask(aDeletion(await createTestPerson(api))))).toEqual(['decide-redirect']);
  const body = aDeletion(await createTestPerson(swiss));
  expect(questionsOf(await swiss.request('POST', '/v1/deletions', body))).toEqual([]);
  const redirect = { toPersonId: await createTestPerson(swiss), reason: 'x' };
  const refused = await swiss.request('POST', '/v1/deletions', {
    ...aDeletion(await createTestPerson(swiss)),
    redirect,
  });
  expect(refused.body).toMatchObject({ code: 'PRESET_EXCEEDED', field: '/redirect' });
});

test('leaves what the target cannot do to people, without asking about it first', async () => {
  const limited = await startTestApi({ capabilities: { files: 'manual', contacts: 'no' } });
  const personId = await aPersonWithBelongings(limited, { managerId: await createTestPerson(limited) });
  const reply = await limited.request('POST', '/v1/deletions', aDeletion(personId));
  expect(questionsOf(reply)).toEqual(['decide-mail', 'decide-calendars']);
  const files = stepsOf(reply).find(({ key }) => key === 'transfer-files');
  expect(files).toMatchObject({ manual: true });
  const gate = stepsOf(reply).find(({ key }) => key === 'purge-gate');
  expect(gate?.dependsOn).toContain('transfer-files');
  await limited.close();
});
