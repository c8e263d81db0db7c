import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  accountsOf,
  assertSettled,
  claimOn,
  mailTo,
  onTwoTargets,
  outcome,
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
  api = await startTestApi();
});
afterAll(() => api.close());

const patch = (id: string, body: Json, headers: Readonly<Record<string, string>> = {}) =>
  api.request('PATCH', `/v1/people/${id}`, body, { headers });

test('a new name is that of the account on every target', async () => {
  const id = await onTwoTargets(api, { lastName: 'Renamed' });
  const changed = await patch(id, { firstName: 'Augusta', lastName: 'King' });
  expect(changed.body).toMatchObject({ fullName: 'Augusta King', address: 'ada.renamed@harbour.example' });
  expect(await accountsOf(api, id)).toMatchObject([
    { firstName: 'Augusta', lastName: 'King' },
    { firstName: 'Augusta', lastName: 'King' },
  ]);
  await assertSettled(api, id);
});

test('the address follows the names where that is asked for, and mail to the old one still arrives', async () => {
  const id = await onTwoTargets(api, { lastName: 'Follows' });
  const account = id.replace('per_', 'acc_');
  const changed = await patch(id, { lastName: 'Lovelace', addressFollows: true });
  expect(changed.body).toMatchObject({
    address: 'ada.lovelace@harbour.example',
    aliases: ['ada.follows@harbour.example'],
    naming: { by: 'convention', passedOver: [] },
  });
  expect(await mailTo(api, 'ada.lovelace@harbour.example')).toEqual([account, account]);
  expect(await mailTo(api, 'ada.follows@harbour.example')).toEqual([account, account]);
  const secret = 'tide-and-lantern-7';
  const signedIn = await api.request('POST', '/v1/directory/sign-in', {
    ...{ address: 'ada.lovelace@harbour.example', secret },
  });
  expect(signedIn.body['result']).toBe('signed_in');
  expect((await api.request('GET', '/v1/people?q=ada.lovelace')).body['items']).toHaveLength(1);
  await assertSettled(api, id);
});

test('the old name brings the old address back, which is the person’s own', async () => {
  const id = await onTwoTargets(api, { lastName: 'There' });
  await patch(id, { lastName: 'Elsewhere', addressFollows: true });
  const back = await patch(id, { lastName: 'There', addressFollows: true });
  expect(back.body).toMatchObject({
    address: 'ada.there@harbour.example',
    aliases: ['ada.elsewhere@harbour.example'],
  });
  const again = await patch(id, { addressFollows: true });
  expect(again.body).toMatchObject({ rev: back.body['rev'], address: 'ada.there@harbour.example' });
  await assertSettled(api, id);
});

test('an address that somebody has is passed over by the rule, or refused where that is asked for', async () => {
  await createTestPerson(api, { lastName: 'Wanted', address: 'ada.wanted@harbour.example' });
  const id = await onTwoTargets(api, { lastName: 'Wants' });
  const wanted = { lastName: 'Wanted', addressFollows: true };
  expect(outcome(await patch(id, { ...wanted, onTaken: 'refuse' }))).toEqual([
    409,
    'ADDRESS_TAKEN',
    '/address',
  ]);
  expect((await api.repositories.people.get(api.orgId, id))?.lastName).toBe('Wants');
  expect((await patch(id, wanted)).body).toMatchObject({
    address: 'ada.wanted2@harbour.example',
    naming: { passedOver: [{ code: 'TAKEN' }] },
  });
  await assertSettled(api, id);
});

test('an address may be given, in the domains of the organisation and to one person', async () => {
  const id = await onTwoTargets(api, { lastName: 'Given', aliases: ['countess@harbour.example'] });
  const other = await createTestPerson(api, { address: 'hers@harbour.example' });
  const give = async (address: string) => outcome(await patch(id, { address }));
  expect(await give('ada@elsewhere.example')).toEqual([422, 'DOMAIN_UNKNOWN', '/address']);
  expect(await give('postmaster@harbour.example')).toEqual([422, 'ADDRESS_RESERVED', '/address']);
  expect(await give('HERS@harbour.example')).toEqual([409, 'ADDRESS_TAKEN', '/address']);
  await api.repositories.claims.quarantine(
    `addr:${api.orgId}:rests@harbour.example`,
    api.orgId,
    'per_gone',
    NOW_MS + 1,
  );
  expect(await give('rests@harbour.example')).toEqual([409, 'ADDRESS_QUARANTINED', '/address']);
  expect((await api.repositories.people.get(api.orgId, other))?.address).toBe('hers@harbour.example');
  await assertSettled(api, id);
  // Its own alias changes places with it.
  const changed = await patch(id, { address: 'countess@harbour.example' });
  expect(changed.body).toMatchObject({
    address: 'countess@harbour.example',
    aliases: ['ada.given@harbour.example'],
  });
  expect(await claimOn(api, 'ada.given@harbour.example')).toEqual([id, 'held']);
  await assertSettled(api, id);
});

test.each<[string, Json, string]>([
  [
    'an address that is given and follows',
    { address: 'a@harbour.example', addressFollows: true },
    '/addressFollows',
  ],
  ['a next address of one that does not follow', { lastName: 'X', onTaken: 'next' }, '/onTaken'],
  ['an empty name', { lastName: ' ' }, '/lastName'],
  ['a name of 300 letters', { lastName: 'x'.repeat(300) }, '/lastName'],
  ['a name with a control character', { firstName: 'A\u0007da' }, '/firstName'],
  ['a name that turns the direction of writing', { firstName: 'A\u202eda' }, '/firstName'],
])('refuses %s and changes nothing', async (_what, body, field) => {
  const id = await createTestPerson(api);
  expect(outcome(await patch(id, body))).toEqual([400, 'INVALID_REQUEST', field]);
  expect((await api.repositories.people.get(api.orgId, id))?.rev).toBe(0);
});

test('names of somebody who is leaving are put right, the address stays as the departure knows it', async () => {
  const id = await onTwoTargets(api, { lastName: 'Leaving' });
  await api.repositories.people.update(api.orgId, id, 0, { status: 'leaving' });
  expect(outcome(await patch(id, { address: 'new.one@harbour.example' }))).toEqual([
    409,
    'PERSON_NOT_ACTIVE',
  ]);
  expect((await patch(id, { lastName: 'Leaves' })).status).toBe(200);
  await assertSettled(api, id);
});

test('of twenty who want one name for one person with the tag they saw, one goes on', async () => {
  const id = await onTwoTargets(api, { lastName: 'Race' });
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      patch(id, { lastName: `Race${index}`, addressFollows: true }, { 'If-Match': '"0"' }),
    ),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(412)]);
  await assertSettled(api, id);
});

test('of ten people who are to get one address at once one gets it, and the others keep theirs', async () => {
  const ids = await Promise.all(
    Array.from({ length: 10 }, (_, index) => onTwoTargets(api, { lastName: `Same${index}` })),
  );
  const replies = await Promise.all(ids.map((id) => patch(id, { address: 'the.one@harbour.example' })));
  const codes = replies.map(({ body }) => body['code']).filter((code) => code !== undefined);
  expect(codes).toEqual(Array<string>(9).fill('ADDRESS_TAKEN'));
  for (const id of ids) await assertSettled(api, id);
});

test('of ten people whose addresses follow one name at once each gets one of the rule', async () => {
  const ids = await Promise.all(
    Array.from({ length: 10 }, (_, index) => onTwoTargets(api, { lastName: `Then${index}` })),
  );
  const replies = await Promise.all(ids.map((id) => patch(id, { lastName: 'Now', addressFollows: true })));
  const numbers = ['', ...Array.from({ length: 9 }, (_, index) => String(index + 2))];
  expect(replies.map(({ body }) => String(body['address'])).sort()).toEqual(
    numbers.map((number) => `ada.now${number}@harbour.example`).sort(),
  );
  for (const id of ids) await assertSettled(api, id);
});
