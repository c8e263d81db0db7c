import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newApiKey } from '../../../../api/keys/new-api-key.ts';
import { ALL_SCOPES } from '../../../../api/http/scopes.ts';
import {
  accountsOf,
  assertSettled,
  onTwoTargets,
  outcome,
  startChangesApi,
} from '../../../support/changes.ts';
import {
  createTestPerson,
  NOW_MS,
  startTestApi,
  type Json,
  type TestApi,
} from '../../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startChangesApi();
});
afterAll(() => api.close());

const give = (id: string, body: Json, key?: string, on = api) =>
  on.request('PUT', `/v1/people/${id}/role`, body, key === undefined ? {} : { key });
const promoted = { role: 'administrator', confirm: true };
const manages = async (id: string, target: string) => {
  const { status, body } = await api.request('GET', `/v1/directory/accounts/${id}/manages?target=${target}`);
  return status === 200 ? 'all' : body['code'];
};

test('becoming an administrator has to be confirmed, and is proven by what the account may do then', async () => {
  const id = await onTwoTargets(api);
  const asked = await give(id, { role: 'administrator' });
  expect(outcome(asked)).toEqual([422, 'CONFIRMATION_REQUIRED', '/confirm']);
  expect(asked.body['title']).toContain('an administrator has access to manage all users');
  expect(await manages(id, 'branch')).toBe('NOT_AN_ADMINISTRATOR');
  await assertSettled(api, id);

  expect((await give(id, promoted)).body).toMatchObject({ accountRole: 'administrator' });
  expect([await manages(id, 'directory'), await manages(id, 'branch')]).toEqual(['all', 'all']);
  expect(outcome(await give(id, promoted))).toEqual([409, 'ROLE_HELD']);

  expect((await give(id, { role: 'user' })).body).toMatchObject({ accountRole: 'user' });
  expect([await manages(id, 'directory'), await manages(id, 'branch')]).toEqual([
    ...['NOT_AN_ADMINISTRATOR', 'NOT_AN_ADMINISTRATOR'],
  ]);
  await assertSettled(api, id);
});

test('a target that says it is an administrator and lets nobody manage is not believed', async () => {
  const id = await onTwoTargets(api);
  const branch = api.context.readings['branch']!;
  const real = branch.manageableAccounts.bind(branch);
  branch.manageableAccounts = () => Promise.resolve({ kind: 'refused', code: 'NOT_AN_ADMINISTRATOR' });
  const refused = await give(id, promoted);
  branch.manageableAccounts = real;
  expect([...outcome(refused), refused.body['target']]).toEqual([502, 'CHANGE_NOT_PROVEN', 'branch']);
  expect((await assertSettled(api, id))['accountRole']).toBe('user');
});

test('the last administrator stays one, also where two are made users at once', async () => {
  const own = await startTestApi();
  const ids = [
    await createTestPerson(own, { accountRole: 'administrator' }),
    await createTestPerson(own, { accountRole: 'administrator' }),
  ];
  const replies = await Promise.all(ids.map((id) => give(id, { role: 'user' }, undefined, own)));
  const left = await own.repositories.people.listAdministrators(own.orgId, 5);
  expect(left.length).toBeGreaterThanOrEqual(1);
  expect(replies.map(({ status }) => status)).toContain(409);
  for (const id of left.slice(1).map((one) => one.id)) await give(id, { role: 'user' }, undefined, own);
  const [last] = await own.repositories.people.listAdministrators(own.orgId, 5);
  expect(outcome(await give(last!.id, { role: 'user' }, undefined, own))).toEqual([
    409,
    'LAST_ADMINISTRATOR',
  ]);
  const account = await own.directory.getAccount(own.orgId, last!.id.replace('per_', 'acc_'));
  expect(account?.role).toBe('administrator');
  await own.close();
});

test('an administrator who leaves does not count as one who stays', async () => {
  const own = await startTestApi();
  const [first, second] = [
    await createTestPerson(own, { accountRole: 'administrator' }),
    await createTestPerson(own, { accountRole: 'administrator' }),
  ];
  const departure = { personId: first, lastDay: '2027-03-31', reason: 'moves on' };
  expect((await own.request('POST', '/v1/departures', departure)).status).toBe(202);
  expect(outcome(await give(second, { role: 'user' }, undefined, own))).toEqual([409, 'LAST_ADMINISTRATOR']);
  await own.close();
});

test('somebody with an open departure is not made an administrator, and may be made a user', async () => {
  const user = await createTestPerson(api);
  const administrator = await createTestPerson(api, { accountRole: 'administrator' });
  for (const personId of [user, administrator])
    await api.request('POST', '/v1/departures', { personId, lastDay: '2027-03-31', reason: 'moves on' });
  const refused = await give(user, promoted);
  expect(outcome(refused)).toEqual([409, 'CASE_OPEN']);
  expect(refused.body['caseId']).toMatch(/^cas_/u);
  expect((await give(administrator, { role: 'user' })).status).toBe(200);
});

test('nobody changes their own role', async () => {
  const id = await createTestPerson(api);
  const made = newApiKey({
    ...{ orgId: api.orgId, ownerId: 'own_self', ownerName: 'Self', scopes: ALL_SCOPES },
    ...{ createdAtMs: NOW_MS, personId: id },
  });
  await api.repositories.apiKeys.insert(made.key);
  expect(outcome(await give(id, promoted, made.text))).toEqual([403, 'OWN_ROLE']);
});

test('an administrator with an alias that only one may have gives it up first', async () => {
  const id = await createTestPerson(api, {
    ...{ accountRole: 'administrator', aliases: ['postmaster@harbour.example'] },
  });
  expect(outcome(await give(id, { role: 'user' }))).toEqual([409, 'RESERVED_ALIASES']);
  await api.request('DELETE', `/v1/people/${id}/aliases/postmaster@harbour.example`);
  expect((await give(id, { role: 'user' })).status).toBe(200);
});

test.each<[string, Json, readonly unknown[]]>([
  ['a role we do not have', { role: 'root' }, [400, 'INVALID_REQUEST', '/role']],
  ['a word that is no yes', { role: 'administrator', confirm: 'true' }, [400, 'INVALID_REQUEST', '/confirm']],
  ['no role', {}, [400, 'INVALID_REQUEST', '/role']],
])('refuses %s', async (_what, body, expected) => {
  expect(outcome(await give(await createTestPerson(api), body))).toEqual(expected);
});

test('a person that there is not, or who left, has no role to change', async () => {
  expect(outcome(await give('per_none', promoted))).toEqual([404, 'PERSON_NOT_FOUND']);
  const id = await onTwoTargets(api);
  await api.repositories.people.update(api.orgId, id, 0, { status: 'leaving' });
  expect(outcome(await give(id, promoted))).toEqual([409, 'PERSON_NOT_ACTIVE']);
  expect(await accountsOf(api, id)).toMatchObject([{ role: 'user' }, { role: 'user' }]);
});
