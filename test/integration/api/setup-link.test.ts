import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../shared/platform/new-id.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let personId: string;
let address: string;
const HOUR = 3_600_000;
const OLD = 'the password of before';
const NEW = 'seagulls over the pier';

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

beforeEach(async () => {
  address = `p${newId('per').slice(-8).toLowerCase()}@harbour.example`;
  personId = await createTestPerson(api, { address, password: OLD });
});

async function giveLink(): Promise<string> {
  const reply = await api.request('POST', `/v1/people/${personId}/setup-link`);
  expect(reply.status).toBe(201);
  return new URL(String(reply.body['setupLink'])).pathname;
}
const open = (path: string) => api.page('GET', path);
const submit = (path: string, password: string, repeated = password) =>
  api.page('POST', path, { password, repeated });
const signsIn = async (secret: string) =>
  (await api.directory.signIn(api.orgId, address, secret)).kind === 'signed_in';

test('sets the password once, on a page that needs no key and no script', async () => {
  const link = await giveLink();
  const page = await open(link);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.text).toContain('<label for="password">');
  expect(page.text).not.toMatch(/<script|src=|href=|https?:/u);

  expect((await submit(link, NEW)).status).toBe(200);
  expect([await signsIn(OLD), await signsIn(NEW)]).toEqual([false, true]);
  const again = await submit(link, 'another long password');
  expect([again.status, again.text]).toEqual([410, expect.stringContaining('was used')]);
  expect((await open(link)).status).toBe(410);
  expect(await signsIn(NEW)).toBe(true);
});

test('of two at once one sets the password', async () => {
  const link = await giveLink();
  const words = ['first of the two words', 'second of the two words'];
  const replies = await Promise.all(words.map((word) => submit(link, word)));
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 410]);
  const winner = words[replies.findIndex(({ status }) => status === 200)]!;
  expect(await signsIn(winner)).toBe(true);
});

test.each([
  ['too short', 'short', 'short'],
  ['too common', 'passwordpassword', 'passwordpassword'],
  ['the address', '', undefined],
  ['not the same twice', NEW, 'something else entirely'],
])('says in words that a password is %s, and the link stays open', async (_what, password, repeated) => {
  const link = await giveLink();
  const wanted = repeated === undefined ? address : password;
  const refused = await submit(link, wanted, repeated ?? wanted);
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('role="alert"')]);
  expect((await submit(link, NEW)).status).toBe(200);
});

test('says apart that a link expired, was replaced, or does not exist', async () => {
  const replaced = await giveLink();
  const link = await giveLink();
  const older = await open(replaced);
  expect([older.status, older.text]).toEqual([410, expect.stringContaining('newer link')]);
  api.clock.nowMs += 72 * HOUR;
  const late = await submit(link, NEW);
  expect([late.status, late.text]).toEqual([410, expect.stringContaining('expired')]);
  expect((await open(`/setup/${'x'.repeat(43)}`)).status).toBe(404);
  expect((await open('/setup/%3Cscript%3E')).status).toBe(404);
});

test('a link is of no use to somebody who leaves meanwhile, and is not given to them', async () => {
  const link = await giveLink();
  const person = (await api.repositories.people.get(api.orgId, personId))!;
  await api.repositories.people.update(api.orgId, personId, person.rev, { status: 'leaving' });
  expect((await submit(link, NEW)).status).toBe(410);
  expect(await signsIn(OLD)).toBe(true);
  const reply = await api.request('POST', `/v1/people/${personId}/setup-link`);
  expect([reply.status, reply.body['code']]).toEqual([409, 'PERSON_NOT_ACTIVE']);
});

test('is open again when the accounts did not answer', async () => {
  const link = await giveLink();
  const { directory } = api;
  const real = directory.setPassword.bind(directory);
  Object.assign(api.directory, { setPassword: () => Promise.reject(new Error('no answer')) });
  expect((await submit(link, NEW)).status).toBe(500);
  Object.assign(api.directory, { setPassword: real });
  expect((await submit(link, NEW)).status).toBe(200);
});

test('the token is shown once, stored as a hash, and in no log', async () => {
  const idempotencyKey = newId('key');
  const path = `/v1/people/${personId}/setup-link`;
  const first = await api.request('POST', path, undefined, { idempotencyKey });
  const again = await api.request('POST', path, undefined, { idempotencyKey });
  expect(again.body).not.toHaveProperty('setupLink');
  const token = String(first.body['setupLink']).split('/').at(-1)!;
  await open(`/setup/${token}`);
  await submit(`/setup/${token}`, NEW);
  expect(api.logs.join('\n')).not.toContain(token);
  const links = await api.repositories.setupLinks.listOpen(api.orgId, personId, 0);
  expect(JSON.stringify(links)).not.toContain(token);
});

test('asks to wait after too many requests, as a page', async () => {
  const slow = await startTestApi({ pageRequestsPerMinute: 2 });
  const replies = [1, 2, 3].map(() => slow.page('GET', '/setup/unknown'));
  const statuses = (await Promise.all(replies)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([404, 404, 429]);
  await slow.close();
});
