import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ organisation: { domains: ['harbour.example', 'quay.example'] } });
});
afterAll(() => api.close());

const create = (fields: Json) => api.request('POST', '/v1/people', fields);
const countClaims = async () =>
  (await api.repositories.database.connection.collection('claims').find({ orgId: api.orgId }).toArray())
    .length;

test.each<[string, Json, number, string, string]>([
  ['an empty name', { firstName: ' ' }, 400, 'INVALID_REQUEST', '/firstName'],
  ['a name of 300 characters', { lastName: 'x'.repeat(300) }, 400, 'INVALID_REQUEST', '/lastName'],
  ['a control character', { firstName: 'A\u0007da' }, 400, 'INVALID_REQUEST', '/firstName'],
  ['a right-to-left override', { lastName: 'ne\u202eelif' }, 400, 'INVALID_REQUEST', '/lastName'],
  ['a direction mark', { lastName: 'Love\u200flace' }, 400, 'INVALID_REQUEST', '/lastName'],
  ['a zero-width space', { lastName: 'Love\u200blace' }, 400, 'INVALID_REQUEST', '/lastName'],
  ['half a character', { firstName: 'A\ud800da' }, 400, 'INVALID_REQUEST', '/firstName'],
  ['a line separator', { firstName: 'A\u2028da' }, 400, 'INVALID_REQUEST', '/firstName'],
  ['a name nobody can see', { lastName: '\u3164' }, 400, 'INVALID_REQUEST', '/lastName'],
  ['a name of joiners', { lastName: '\u200d\u200d' }, 400, 'INVALID_REQUEST', '/lastName'],
  ['a name of emoji', { firstName: '😀🏳️‍🌈' }, 422, 'NAME_LEAVES_NOTHING', '/firstName'],
  ['a last name of signs', { lastName: '★' }, 422, 'NAME_LEAVES_NOTHING', '/lastName'],
  ['a foreign domain', { domain: 'elsewhere.example' }, 422, 'DOMAIN_UNKNOWN', '/domain'],
  ['a wish we do not know', { onTaken: 'ask' }, 400, 'INVALID_REQUEST', '/onTaken'],
])('refuses %s to create and to preview, and writes nothing', async (_what, fields, status, code, field) => {
  const body = { firstName: 'Ada', lastName: 'Lovelace', ...fields };
  const before = await countClaims();
  for (const path of ['/v1/people', '/v1/naming/preview']) {
    const { body: problem } = await api.request('POST', path, body);
    expect([problem['status'], problem['code'], problem['field']]).toEqual([status, code, field]);
  }
  expect(await countClaims()).toBe(before);
});

test.each<[string, Json, number, string, string]>([
  [
    'an alias that is the address',
    { address: 'a.one@harbour.example', aliases: ['b@harbour.example', 'A.One@harbour.example'] },
    ...([422, 'ALIAS_IS_ADDRESS', '/aliases/1'] as const),
  ],
  [
    'an alias that the names make the address',
    { aliases: ['ada.alias@harbour.example'] },
    ...([422, 'ALIAS_IS_ADDRESS', '/aliases/0'] as const),
  ],
  [
    'an alias twice',
    { aliases: ['b@harbour.example', 'B@harbour.example'] },
    ...([400, 'INVALID_REQUEST', '/aliases/1'] as const),
  ],
  ['an alias elsewhere', { aliases: ['b@elsewhere.example'] }, 422, 'DOMAIN_UNKNOWN', '/aliases/0'],
  [
    'a domain beside the address',
    { address: 'a.one@harbour.example', domain: 'quay.example' },
    ...([400, 'INVALID_REQUEST', '/domain'] as const),
  ],
  [
    'the next one of an address that is given',
    { address: 'a.one@harbour.example', onTaken: 'next' },
    ...([400, 'INVALID_REQUEST', '/onTaken'] as const),
  ],
  [
    'more than 64 characters before the @',
    { address: `${'a'.repeat(65)}@harbour.example` },
    ...([400, 'INVALID_REQUEST', '/address'] as const),
  ],
  [
    'a password with the address that is made',
    { firstName: 'Юля', password: 'xx-yulya.alias-xx' },
    ...([422, 'PASSWORD_HOLDS_KNOWN_WORDS', '/password'] as const),
  ],
])('refuses %s and keeps nothing', async (_what, fields, status, code, field) => {
  const before = await countClaims();
  const { body } = await create({ firstName: 'Ada', lastName: 'Alias', ...fields });
  expect([body['status'], body['code'], body['field']]).toEqual([status, code, field]);
  expect(await countClaims()).toBe(before);
});
