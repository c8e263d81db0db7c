import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

test.each([
  ['a body that is not JSON', { raw: '{"personId": ' }, 400, 'NOT_JSON'],
  ['a body that is only a word', { raw: '"word"' }, 400, 'NOT_JSON'],
  ['a key of the language', { raw: '{"__proto__": {"admin": true}}' }, 400, 'OPERATOR_REFUSED'],
  ['a body beyond 1 MB', { raw: `{"note": "${'x'.repeat(1_000_001)}"}` }, 413, 'BODY_TOO_LARGE'],
  [
    'another content type',
    { raw: 'a=b', headers: { 'Content-Type': 'text/plain' } },
    415,
    'CONTENT_TYPE_UNSUPPORTED',
  ],
  ['no content type', { raw: '{}', headers: { 'Content-Type': '' } }, 415, 'CONTENT_TYPE_UNSUPPORTED'],
  [
    'a character set we do not read',
    { raw: '{}', headers: { 'Content-Type': 'application/json; charset=latin1' } },
    415,
    'CONTENT_TYPE_UNSUPPORTED',
  ],
])('refuses %s', async (_what, options, status, code) => {
  const reply = await api.request('POST', '/v1/departures', undefined, options);
  expect({ status: reply.status, code: reply.body['code'] }).toEqual({ status, code });
});

test('knows no other addresses, and says which methods an address takes', async () => {
  const nowhere = await api.request('GET', '/v1/nothing');
  expect([nowhere.status, nowhere.body['code']]).toEqual([404, 'ROUTE_UNKNOWN']);
  const undecodable = await api.request('GET', '/v1/people/%E0%A4%A');
  expect([undecodable.status, undecodable.body['code']]).toEqual([400, 'INVALID_REQUEST']);
  const wrong = await api.request('DELETE', '/v1/departures');
  expect([wrong.status, wrong.body['code'], wrong.headers.get('allow')]).toEqual([
    405,
    'METHOD_NOT_ALLOWED',
    'POST, GET',
  ]);
});

test.each([
  ['?limit=0', 'limit'],
  ['?limit=ten', 'limit'],
  ['?state=open', 'state'],
  ['?personId[$ne]=x', 'personId[$ne]'],
  ['?limit=1&limit=2', 'limit'],
  ['?sort=name', 'sort'],
])('refuses the query %s by the name of its parameter', async (query, field) => {
  const reply = await api.request('GET', `/v1/departures${query}`);
  expect([reply.status, reply.body['field']]).toEqual([400, field]);
});

test('tells nothing of an unexpected error, and logs where it happened under the request id', async () => {
  const broken = await startTestApi();
  const secret = 'Cast failed for value "Ada Lovelace"';
  const fault = Object.assign(new Error(secret), { name: 'CastError' });
  const { people } = broken.repositories;
  Object.assign(broken.repositories, { people: { ...people, get: () => Promise.reject(fault) } });
  const reply = await broken.request('GET', '/v1/people/per_x');
  expect([reply.status, reply.body['code']]).toEqual([500, 'UNEXPECTED']);
  expect(JSON.stringify(reply.body)).not.toContain('Lovelace');
  const requestId = reply.headers.get('x-request-id') ?? 'none';
  const logged = broken.logs.filter((line) => line.includes(requestId));
  // The failure, and the request that met it.
  expect(logged).toHaveLength(2);
  expect(logged[0]).toMatch(/CastError.*door\.test\.ts/);
  for (const line of logged) expect(line).not.toContain('Lovelace');
  await broken.close();
});

test('answers 503 with Retry-After, and names the database, when it is gone', async () => {
  const cut = await startTestApi();
  await cut.repositories.database.connection.close();
  for (const path of ['/v1/people', '/v1/departures']) {
    const reply = await cut.request('GET', path);
    expect([reply.status, reply.body['code'], reply.headers.get('retry-after')]).toEqual([
      503,
      'STORE_UNAVAILABLE',
      '5',
    ]);
  }
  const ready = await cut.request('GET', '/readyz', undefined, { key: '' });
  expect([ready.status, ready.body['notReady']]).toEqual([503, ['database']]);
  expect((await cut.request('GET', '/healthz', undefined, { key: '' })).status).toBe(200);
  await cut.close();
});
