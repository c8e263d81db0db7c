import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const PASSWORD = 'tide-and-lantern-7';
const BOTH = ['directory', 'branch'];
let count = 0;
const anAddress = (): string => `target${(count += 1)}@harbour.example`;

const signIn = (address: string, target?: string) =>
  api.request('POST', '/v1/directory/sign-in', {
    ...{ address, secret: PASSWORD },
    ...(target === undefined ? {} : { target }),
  });

test('gives a person an account on every target that is named', async () => {
  const address = anAddress();
  const id = await createTestPerson(api, { address, password: PASSWORD, targets: BOTH });
  for (const target of BOTH) expect((await signIn(address, target)).status).toBe(200);
  const shown = await api.request('GET', `/v1/people/${id}`);
  expect(shown.body['accounts']).toEqual(
    BOTH.map((target) => ({ target, accountId: id.replace('per_', 'acc_') })),
  );
});

test('gives an account on the first directory alone when none is named', async () => {
  const address = anAddress();
  const id = await createTestPerson(api, { address, password: PASSWORD });
  expect((await signIn(address)).status).toBe(200);
  expect((await signIn(address, 'branch')).body['code']).toBe('INVALID_CREDENTIALS');
  expect((await api.request('GET', `/v1/directory/accounts/${id}?target=branch`)).body['code']).toBe(
    'ACCOUNT_NOT_FOUND',
  );
});

test('keeps the mail of two targets apart', async () => {
  const address = anAddress();
  const id = await createTestPerson(api, { address, targets: BOTH });
  const mail = { to: address, from: 'x@outside.example', subject: 'S', text: 'T' };
  expect((await api.request('POST', '/v1/directory/deliver', { ...mail, target: 'branch' })).status).toBe(
    200,
  );
  const counts = await Promise.all(
    ['', '?target=branch'].map(async (query) => {
      const reply = await api.request('GET', `/v1/directory/accounts/${id}/messages${query}`);
      return (reply.body['items'] as readonly unknown[]).length;
    }),
  );
  expect(counts).toEqual([0, 1]);
});

test.each([
  [
    'POST',
    '/v1/people',
    { firstName: 'A', lastName: 'B', address: 'a@harbour.example', targets: ['nowhere'] },
  ],
  ['POST', '/v1/directory/sign-in', { address: 'a@harbour.example', secret: 's', target: 'nowhere' }],
  ['GET', '/v1/directory/accounts/per_x?target=nowhere', undefined],
  ['POST', '/v1/directory/accounts/per_x/app-passwords', { label: 'phone', target: 'constructor' }],
])('%s %s refuses a target that is not there', async (method, path, body) => {
  const reply = await api.request(method, path, body);
  expect(reply).toMatchObject({ status: 422, body: { code: 'TARGET_UNKNOWN' } });
  expect(String(reply.body['field'])).toMatch(/target/u);
});

test('refuses a target that is named twice', async () => {
  const reply = await api.request('POST', '/v1/people', {
    ...{ firstName: 'A', lastName: 'B', address: anAddress(), targets: ['branch', 'branch'] },
  });
  expect(reply).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST', field: '/targets/1' } });
});

test('makes no account at all when one of the targets serves the address already', async () => {
  const address = anAddress();
  await api.directories['branch']!.createAccount(api.orgId, {
    ...{ id: 'acc_other', firstName: 'O', lastName: 'T', address, quotaBytes: 1, password: PASSWORD },
  });
  const reply = await api.request('POST', '/v1/people', {
    ...{ firstName: 'Ada', lastName: 'B', address, targets: BOTH },
  });
  expect(reply).toMatchObject({ status: 409, body: { code: 'ADDRESS_TAKEN' } });
  expect(await api.directory.findByAddress(api.orgId, address)).toBeUndefined();
});

test('simulates the calls of each target from what stands there', async () => {
  const address = anAddress();
  const personId = await createTestPerson(api, { address, password: PASSWORD, targets: BOTH });
  await signIn(address, 'branch');
  const reply = await api.request('POST', '/v1/departures/simulation', {
    ...{ personId, lastDay: '2027-01-29', reason: 'resigned' },
  });
  const steps = reply.body['steps'] as readonly { readonly key: string; readonly calls?: readonly Json[] }[];
  const callsOf = (key: string) => steps.find((step) => step.key === key)?.calls;
  expect(callsOf('disable-account')).toEqual([{ target: 'directory', operation: 'disable' }]);
  expect(callsOf('disable-account@branch')).toEqual([{ target: 'branch', operation: 'disable' }]);
  expect(callsOf('revoke-sessions')).toBeUndefined();
  expect(callsOf('revoke-sessions@branch')).toEqual([{ target: 'branch', operation: 'revokeSessions' }]);
});
