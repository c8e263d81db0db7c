import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const HOUR_MS = 3_600_000;
const addressOf = async (personId: string) =>
  String((await api.request('GET', `/v1/people/${personId}`)).body['address']);
const of = (personId: string, what: string) => `/v1/directory/accounts/${personId}/${what}`;
async function signIn(address: string, secret: string, protocol: string) {
  const { status, body } = await api.request('POST', '/v1/directory/sign-in', { address, secret, protocol });
  return [status, body['code'] ?? body['result']];
}
async function use(link: unknown, password = 'a brand new password') {
  const { status, body } = await api.request('POST', '/v1/directory/links/use', { link, password });
  return [status, body['code'] ?? body['result']];
}

test('an application that was let in signs in with its token', async () => {
  const personId = await createTestPerson(api);
  const made = await api.request('POST', of(personId, 'oauth-grants'), { client: 'Notes' });
  expect([made.status, made.body['client'], made.body['scopes']]).toEqual([201, 'Notes', []]);
  const address = await addressOf(personId);
  expect(await signIn(address, String(made.body['grantToken']), 'oauth')).toEqual([200, 'signed_in']);
  expect(await signIn(address, 'something else', 'oauth')).toEqual([401, 'INVALID_CREDENTIALS']);
});

test('a link sets the password once, says when it cannot, and takes no weak password', async () => {
  const personId = await createTestPerson(api);
  const makeLink = async (fields: Json = {}) =>
    (await api.request('POST', of(personId, 'links'), { kind: 'reset', ...fields })).body['link'];
  const link = await makeLink();
  expect(await use(link, 'short')).toEqual([422, 'PASSWORD_TOO_SHORT']);
  expect(await use(link)).toEqual([200, 'password_set']);
  expect(await use(link)).toEqual([410, 'LINK_USED']);
  expect(await signIn(await addressOf(personId), 'a brand new password', 'web')).toEqual([200, 'signed_in']);
  const late = await makeLink({ expiresInHours: 1 });
  api.clock.nowMs += HOUR_MS;
  expect(await use(late)).toEqual([410, 'LINK_EXPIRED']);
  const open = await makeLink({ kind: 'setup' });
  const account = personId.replace('per_', 'acc_');
  await api.directory.voidLinks(api.orgId, account, { effectKey: 't', asOfMs: 1 });
  expect(await use(open)).toEqual([410, 'LINK_VOID']);
  expect(await use('nonsense')).toEqual([404, 'LINK_UNKNOWN']);
});

test('protocols, memberships and rights on others are set and shown', async () => {
  const [personId, boss] = [await createTestPerson(api), await createTestPerson(api)];
  const put = async (what: string, body: Json) => {
    const reply = await api.request('PUT', of(personId, what), body);
    return [reply.status, reply.body['code'] ?? reply.body['result']];
  };
  const off = { imap: false, pop: true, smtp: true };
  expect(await put('protocols', off)).toEqual([200, 'changed']);
  expect(await put('protocols', off)).toEqual([200, 'already']);
  expect(await put('memberships', { groups: ['staff'], lists: ['news'] })).toEqual([200, 'changed']);
  const right = { resource: 'calendar', right: 'write' };
  expect(await put('delegations', { delegations: [{ ownerPersonId: boss, ...right }] })).toEqual([
    200,
    'changed',
  ]);
  expect(await put('delegations', { delegations: [{ ownerPersonId: 'per_nobody', ...right }] })).toEqual([
    422,
    'PERSON_UNKNOWN',
  ]);
  expect(await put('delegations', { delegations: [{ ownerPersonId: boss, resource: 'house' }] })).toEqual([
    400,
    'INVALID_REQUEST',
  ]);
  const means = await api.request('POST', of(personId, 'recovery-means'), { kind: 'totp', label: 'phone' });
  const { body } = await api.request('GET', `/v1/directory/accounts/${personId}`);
  expect(body).toMatchObject({
    protocols: off,
    groups: ['staff'],
    lists: ['news'],
    delegations: [{ ownerAccountId: boss.replace('per_', 'acc_'), ...right }],
    recoveryMeans: [{ id: means.body['id'], kind: 'totp', label: 'phone' }],
  });
});

test('a switched-off protocol is told to whoever knows the secret', async () => {
  const personId = await createTestPerson(api, { password: 'a very long password' });
  await api.request('PUT', of(personId, 'protocols'), { imap: false, pop: false, smtp: false });
  const address = await addressOf(personId);
  expect(await signIn(address, 'a very long password', 'imap')).toEqual([403, 'PROTOCOL_OFF']);
  expect(await signIn(address, 'a very wrong password', 'imap')).toEqual([401, 'INVALID_CREDENTIALS']);
});

test('an owner of keys is one person, and a person one owner', async () => {
  const [ada, ben] = [await createTestPerson(api), await createTestPerson(api)];
  const make = async (fields: Json) =>
    api.request('POST', '/v1/api-keys', { ownerName: 'Ada', scopes: ['people:read'], ...fields });
  const ownerOf = (body: Json) => (body['owner'] as Json)['id'];
  const first = await make({ personId: ada });
  expect([first.status, first.body['personId']]).toEqual([201, ada]);
  const second = await make({ personId: ada });
  expect(ownerOf(second.body)).toBe(ownerOf(first.body));
  const another = await make({ personId: ben, ownerId: ownerOf(first.body) });
  expect([another.status, another.body['code']]).toEqual([422, 'OWNER_IS_ANOTHER']);
  const twoOwners = await make({ personId: ada, ownerId: 'own_other' });
  expect([twoOwners.status, twoOwners.body['code']]).toEqual([422, 'OWNER_IS_ANOTHER']);
  const nobody = await make({ personId: 'per_nobody' });
  expect([nobody.status, nobody.body['code']]).toEqual([422, 'PERSON_UNKNOWN']);
});
