import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { addressClaimId, openCaseClaimId } from '../../../shared/domain/ids.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
let personId: string;
let address: string;
let externalId: string;
const YEAR = 365 * 86_400_000;

beforeAll(async () => {
  api = await startTestApi();
  // Somebody stays who can let people in.
  await createTestPerson(api, { accountRole: 'administrator' });
});
afterAll(() => api.close());

beforeEach(async () => {
  externalId = newId('per').slice(-10);
  address = `r${externalId.toLowerCase()}@harbour.example`;
  personId = await createTestPerson(api, {
    address,
    externalId,
    accountRole: 'administrator',
    groups: ['board'],
  });
});

const person = async () => (await api.repositories.people.get(api.orgId, personId))!;
const rehire = (options: { readonly key?: string; readonly idempotencyKey?: string } = {}) =>
  api.request(
    'POST',
    `/v1/people/${personId}/rehire`,
    { reason: 'comes back' },
    { idempotencyKey: newId('key'), ...options },
  );
async function depart(): Promise<string> {
  const body = { personId, lastDay: '2027-03-31', reason: 'moves on' };
  return String((await api.request('POST', '/v1/departures', body)).body['id']);
}

/** What the last steps of a departure leave behind. */
async function hasDeparted(): Promise<void> {
  const { orgId, repositories, clock } = api;
  const { accounts, rev } = await person();
  const call = { effectKey: `gone:${personId}`, asOfMs: clock.nowMs };
  await api.directory.deleteAccount(orgId, accounts[0]!.accountId, 0, call);
  await repositories.claims.quarantine(addressClaimId(orgId, address), orgId, personId, clock.nowMs + YEAR);
  await repositories.people.update(orgId, personId, rev, { status: 'departed', accounts: [] });
}

test('gives somebody who departed a new account with the old address, and a link to get in', async () => {
  const before = await person();
  await hasDeparted();
  const reply = await rehire();
  expect(reply).toMatchObject({ status: 201, body: { endsAs: 'rehired', aliasesLost: [] } });
  const after = await person();
  expect(after).toMatchObject({ id: personId, address, status: 'active', generation: before.generation + 1 });
  expect(after).toMatchObject({ accountRole: 'user', groups: [] });
  expect(after.accounts[0]!.accountId).not.toBe(before.accounts[0]!.accountId);
  expect(await api.repositories.claims.get(addressClaimId(api.orgId, address), api.orgId)).toEqual({
    holderId: personId,
    state: 'held',
  });
  const password = 'back on the same pier';
  const link = new URL(String(reply.body['setupLink'])).pathname;
  expect((await api.page('POST', link, { password, repeated: password })).status).toBe(200);
  expect((await api.directory.signIn(api.orgId, address, password)).kind).toBe('signed_in');
});

test('makes one account for a request that is sent twice, and shows the link once', async () => {
  await hasDeparted();
  const idempotencyKey = newId('key');
  const first = await rehire({ idempotencyKey });
  const again = await rehire({ idempotencyKey });
  const { setupLink: _shown, ...rest } = first.body;
  expect(again.body).toEqual(rest);
  expect((await person()).generation).toBe(2);
});

test('calls an open departure back', async () => {
  const caseId = await depart();
  const reply = await rehire();
  expect(reply).toMatchObject({ status: 200, body: { departureId: caseId, endsAs: 'cancelled' } });
});

test('undoes a departure that has begun, which takes the right to do so', async () => {
  const caseId = await depart();
  const at = { key: 'disable-account', round: 1, atMs: 5 };
  await api.engine.tell(`departure:${api.orgId}:${caseId}`, { kind: 'stepStarted', ...at });
  const key = await api.keyWith(['people:*']);
  expect((await rehire({ key })).body['code']).toBe('SCOPE_MISSING');
  expect((await rehire()).body).toMatchObject({ departureId: caseId, endsAs: 'undone' });
});

test('says why there is nothing to come back from, or not yet', async () => {
  const none = await rehire();
  expect([none.status, none.body['code']]).toEqual([409, 'NOTHING_TO_COME_BACK_FROM']);
  const caseId = await depart();
  const at = { key: 'delete-account', round: 1, atMs: 5 };
  await api.engine.tell(`departure:${api.orgId}:${caseId}`, { kind: 'stepStarted', ...at });
  const late = await rehire();
  expect([late.status, late.body['code'], late.body['departureId']]).toEqual([
    409,
    'DEPARTURE_UNFINISHED',
    caseId,
  ]);
});

test('does not give back an address that went to somebody else', async () => {
  await hasDeparted();
  api.clock.nowMs += 2 * YEAR;
  await createTestPerson(api, { address });
  const reply = await rehire();
  expect([reply.status, reply.body['code']]).toEqual([409, 'ADDRESS_TAKEN']);
  api.clock.nowMs -= 2 * YEAR;
});

const again = (fields: Json = {}) =>
  api.request('POST', '/v1/people', {
    firstName: 'Ada',
    lastName: 'Again',
    address: `x${address}`,
    externalId,
    ...fields,
  });

test('offers to bring a known person back in place of a second account', async () => {
  expect((await again()).body['code']).toBe('EXTERNAL_ID_TAKEN');
  const caseId = await depart();
  const leaving = await again();
  expect(leaving.body).toMatchObject({ code: 'PERSON_KNOWN', personId, departureId: caseId });
  await api.repositories.claims.release(openCaseClaimId(api.orgId, personId), api.orgId, caseId);
  await hasDeparted();
  const departed = await again();
  expect([departed.status, departed.body]).toEqual([
    409,
    expect.objectContaining({
      code: 'PERSON_KNOWN',
      personStatus: 'departed',
      offer: `POST /v1/people/${personId}/rehire`,
    }),
  ]);
});
