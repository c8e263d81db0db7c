import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { assertSettled, claimOn, mailTo, onTwoTargets, outcome } from '../../../support/changes.ts';
import { newId } from '../../../../shared/platform/new-id.ts';
import { createTestPerson, NOW_MS, startTestApi, type TestApi } from '../../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const REFUSED = ['NO_SUCH_ADDRESS', 'NO_SUCH_ADDRESS'];
const add = (id: string, alias: unknown, headers: Readonly<Record<string, string>> = {}) =>
  api.request('POST', `/v1/people/${id}/aliases`, { alias }, { headers });
const remove = (id: string, alias: string, query = '') =>
  api.request('DELETE', `/v1/people/${id}/aliases/${alias}${query}`);

test('mail to an alias arrives on every target, and is refused once it was taken away', async () => {
  const id = await onTwoTargets(api, { lastName: 'Alias' });
  const account = id.replace('per_', 'acc_');
  const alias = 'countess@harbour.example';
  expect(await mailTo(api, alias)).toEqual(REFUSED);
  expect((await add(id, 'Countess@harbour.example')).body).toMatchObject({ aliases: [alias] });
  expect(await mailTo(api, alias)).toEqual([account, account]);
  const again = await add(id, alias);
  expect([again.status, again.body['rev']]).toEqual([200, 2]);
  await assertSettled(api, id);

  expect((await remove(id, alias)).body).toMatchObject({ aliases: [] });
  expect(await mailTo(api, alias)).toEqual(REFUSED);
  expect(await mailTo(api, 'ada.alias@harbour.example')).toEqual([account, account]);
  expect(outcome(await remove(id, alias))).toEqual([404, 'ALIAS_NOT_FOUND']);
  await assertSettled(api, id);
});

test('an alias that was given up rests as a leaver’s address does, and may be had back at any time', async () => {
  const own = await startTestApi({ organisation: { quarantineMonths: 1 } });
  const [id, other] = [await createTestPerson(own), await createTestPerson(own)];
  const alias = 'given.up@harbour.example';
  const post = (to: string) => own.request('POST', `/v1/people/${to}/aliases`, { alias });
  await post(id);
  await own.request('DELETE', `/v1/people/${id}/aliases/${alias}`);
  expect(outcome(await post(other))).toEqual([409, 'ADDRESS_QUARANTINED', '/alias']);
  expect((await post(id)).status).toBe(200);
  await own.request('DELETE', `/v1/people/${id}/aliases/${alias}`);
  own.clock.nowMs = Date.UTC(2027, 1, 11, 8, 59);
  expect(outcome(await post(other))).toEqual([409, 'ADDRESS_QUARANTINED', '/alias']);
  own.clock.nowMs = Date.UTC(2027, 1, 11, 9, 0);
  expect((await post(other)).status).toBe(200);
  await own.close();
});

test('an alias that is said to be free is somebody else’s at once', async () => {
  const [id, other] = [
    await onTwoTargets(api, { lastName: 'From' }),
    await onTwoTargets(api, { lastName: 'To' }),
  ];
  const alias = 'orders@harbour.example';
  await add(id, alias);
  expect(outcome(await add(other, alias))).toEqual([409, 'ADDRESS_TAKEN', '/alias']);
  expect((await remove(id, alias, '?free=true')).status).toBe(200);
  expect(await claimOn(api, alias)).toEqual([]);
  expect((await add(other, alias)).status).toBe(200);
  const account = other.replace('per_', 'acc_');
  expect(await mailTo(api, alias)).toEqual([account, account]);
  await assertSettled(api, id);
  await assertSettled(api, other);
});

test('of thirty people who want one alias at once one gets it, and the others keep nothing', async () => {
  const ids = await Promise.all(Array.from({ length: 30 }, () => createTestPerson(api)));
  const alias = 'race@harbour.example';
  const replies = await Promise.all(ids.map((id) => add(id, alias)));
  expect(replies.map(({ body }) => body['code']).filter((code) => code !== undefined)).toEqual(
    Array<string>(29).fill('ADDRESS_TAKEN'),
  );
  const winner = ids[replies.findIndex(({ status }) => status === 200)]!;
  expect(await claimOn(api, alias)).toEqual([winner, 'held']);
  for (const id of ids) {
    const person = await api.repositories.people.get(api.orgId, id);
    const account = await api.directory.getAccount(api.orgId, id.replace('per_', 'acc_'));
    const expected = id === winner ? [alias] : [];
    expect([person?.aliases, account?.aliases, person?.openChange]).toEqual([expected, expected, undefined]);
  }
});

test('of ten aliases that are added to one person at once none is lost', async () => {
  const id = await onTwoTargets(api, { lastName: 'Ten' });
  const aliases = Array.from({ length: 10 }, (_, index) => `ten${index}@harbour.example`);
  const replies = await Promise.all(aliases.map((alias) => add(id, alias)));
  expect(replies.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
  const person = await assertSettled(api, id);
  expect([...(person['aliases'] as string[])].sort()).toEqual(aliases);
});

test.each<[string, unknown, readonly unknown[]]>([
  ['the own address', 'own@harbour.example', [422, 'ALIAS_IS_ADDRESS', '/alias']],
  ['a domain that is not ours', 'x@elsewhere.example', [422, 'DOMAIN_UNKNOWN', '/alias']],
  ['a reserved name', 'abuse@harbour.example', [422, 'ADDRESS_RESERVED', '/alias']],
  ['a reserved name in disguise', 'no-reply7@harbour.example', [422, 'ADDRESS_RESERVED', '/alias']],
  ['somebody’s address', 'taken@harbour.example', [409, 'ADDRESS_TAKEN', '/alias']],
  ['somebody’s alias', 'taken.too@harbour.example', [409, 'ADDRESS_TAKEN', '/alias']],
  ['what rests', 'rests@harbour.example', [409, 'ADDRESS_QUARANTINED', '/alias']],
  [
    'an address of an account that is no person’s',
    'machine@harbour.example',
    [409, 'ADDRESS_TAKEN', '/alias'],
  ],
  ['what is no address', 'countess', [400, 'INVALID_REQUEST', '/alias']],
  ['nothing', undefined, [400, 'INVALID_REQUEST', '/alias']],
  ['a name that is too long', `${'x'.repeat(65)}@harbour.example`, [400, 'INVALID_REQUEST', '/alias']],
])('refuses as an alias %s and changes nothing', async (what, alias, expected) => {
  const own = await startTestApi();
  await createTestPerson(own, { address: 'taken@harbour.example', aliases: ['taken.too@harbour.example'] });
  const rests = `addr:${own.orgId}:rests@harbour.example`;
  await own.repositories.claims.quarantine(rests, own.orgId, 'per_gone', NOW_MS + 1);
  await own.directory.createAccount(own.orgId, {
    ...{ id: newId('acc'), firstName: 'M', lastName: 'M', address: 'machine@harbour.example' },
    ...{ quotaBytes: 1_000, password: 'tide-and-lantern-7' },
  });
  const id = await createTestPerson(own, { address: 'own@harbour.example' });
  expect([what, outcome(await own.request('POST', `/v1/people/${id}/aliases`, { alias }))]).toEqual([
    ...[what, expected],
  ]);
  const person = await own.repositories.people.get(own.orgId, id);
  expect([person?.aliases, person?.openChange]).toEqual([[], undefined]);
  await own.close();
});

test('refuses an alias to which the person’s own mail is forwarded, straight or round about', async () => {
  const [first, second, third] = [
    await createTestPerson(api, { address: 'first@harbour.example' }),
    await createTestPerson(api, { address: 'second@harbour.example' }),
    await createTestPerson(api, { address: 'third@harbour.example' }),
  ];
  const accountOf = (id: string) => id.replace('per_', 'acc_');
  const forward = (id: string, to: string) =>
    api.directory.addForward(api.orgId, accountOf(id), { to, keepCopy: true });
  await forward(first, 'second@harbour.example');
  await forward(second, 'first@harbour.example');
  await api.directory.setRedirect(api.orgId, accountOf(second), {
    ...{ to: 'loop@harbour.example', keepCopy: true, untilMs: NOW_MS + 1 },
  });
  expect(outcome(await add(second, 'loop@harbour.example'))).toEqual([422, 'ALIAS_CYCLE', '/alias']);
  expect(outcome(await add(first, 'loop@harbour.example'))).toEqual([422, 'ALIAS_CYCLE', '/alias']);
  // Nothing of the third one leads there; and a redirect that is over leads nowhere.
  api.clock.nowMs = NOW_MS + 1;
  expect((await add(first, 'loop@harbour.example')).status).toBe(200);
  api.clock.nowMs = NOW_MS;
  await remove(first, 'loop@harbour.example', '?free=true');
  expect((await add(third, 'loop@harbour.example')).status).toBe(200);
});

test('nobody has more than fifty aliases, also not by a new address', async () => {
  const aliases = Array.from({ length: 50 }, (_, index) => `fifty${index}@harbour.example`);
  const id = await createTestPerson(api, { lastName: 'Fifty', aliases });
  expect(outcome(await add(id, 'one.more@harbour.example'))).toEqual([409, 'TOO_MANY_ALIASES']);
  const moved = await api.request('PATCH', `/v1/people/${id}`, { address: 'one.more@harbour.example' });
  expect(outcome(moved)).toEqual([409, 'TOO_MANY_ALIASES']);
});

test('somebody who is leaving keeps the aliases that the departure knows', async () => {
  const id = await createTestPerson(api, { aliases: ['leaver.alias@harbour.example'] });
  await api.repositories.people.update(api.orgId, id, 0, { status: 'leaving' });
  expect(outcome(await add(id, 'too.late@harbour.example'))).toEqual([409, 'PERSON_NOT_ACTIVE']);
  expect(outcome(await remove(id, 'leaver.alias@harbour.example'))).toEqual([409, 'PERSON_NOT_ACTIVE']);
});

test('a protected person may be changed, and somebody whose last day has not come', async () => {
  const id = await createTestPerson(api, { protected: true });
  expect((await add(id, 'service@harbour.example')).status).toBe(200);
  const leaver = await createTestPerson(api);
  await api.request('POST', '/v1/departures', {
    personId: leaver,
    lastDay: '2027-03-31',
    reason: 'moves on',
  });
  expect((await add(leaver, 'still.here@harbour.example')).status).toBe(200);
});
