import { afterEach, expect, test } from '@jest/globals';
import { ApiUnreachable, createApiClient } from '../../../shared/platform/api-client/api-client.ts';
import { startStubServer } from '../../support/stub-server.ts';
import type { Stub, StubServer } from '../../support/stub-server.ts';

let server: StubServer;
afterEach(() => server.close());

async function clientOf(stub: Stub, patienceMs = 5_000) {
  server = await startStubServer(stub);
  return createApiClient({ url: server.url, key: 'gw_key', patienceMs });
}

/** The first so many times one way, then another. */
const first = (times: number, before: ReturnType<Stub>, after: ReturnType<Stub>): Stub => {
  let asked = 0;
  return () => (++asked <= times ? before : after);
};
const notNow = { status: 503, headers: { 'retry-after': '0' }, body: { code: 'ENGINE_UNAVAILABLE' } };

test('a command that met an outage is sent again under the same idempotency key', async () => {
  const client = await clientOf(first(2, notNow, { body: { effect: 'applied' } }));
  expect(await client.post('/v1/x', { a: 1 })).toEqual({ status: 200, body: { effect: 'applied' } });
  expect(server.seen).toHaveLength(3);
  expect(new Set(server.seen.map((one) => one.idempotencyKey)).size).toBe(1);
  expect(server.seen[0]).toMatchObject({ method: 'POST', key: 'Bearer gw_key', body: { a: 1 } });
});

test('a command whose answer was lost is sent again under the same idempotency key', async () => {
  const client = await clientOf(first(1, 'gone', {}));
  expect((await client.post('/v1/x', {})).status).toBe(200);
  expect(new Set(server.seen.map((one) => one.idempotencyKey)).size).toBe(1);
});

test('two commands have two keys', async () => {
  const client = await clientOf(() => ({}));
  await client.post('/v1/x', {});
  await client.post('/v1/x', {});
  expect(server.seen[0]!.idempotencyKey).not.toBe(server.seen[1]!.idempotencyKey);
});

test('a refusal is an answer, and is not asked for twice', async () => {
  const client = await clientOf(() => ({ status: 409, body: { code: 'DEPARTURE_EXISTS' } }));
  expect((await client.post('/v1/x', {})).body).toEqual({ code: 'DEPARTURE_EXISTS' });
  expect(server.seen).toHaveLength(1);
});

test('a change that would be another one when repeated is sent once', async () => {
  const client = await clientOf(() => 'gone');
  await expect(client.patch('/v1/x', {})).rejects.toThrow(ApiUnreachable);
  expect(server.seen).toHaveLength(1);
});

test('whoever is told to come back later than patience lasts gets the answer at once', async () => {
  const later = { status: 429, headers: { 'retry-after': '60' }, body: { code: 'RATE_LIMITED' } };
  const client = await clientOf(() => later);
  expect((await client.get('/v1/x')).status).toBe(429);
  expect(server.seen).toHaveLength(1);
});

test('nobody there is told as such, with the address', async () => {
  const client = await clientOf(() => 'gone', 0);
  await expect(client.get('/v1/x')).rejects.toThrow(server.url);
});

test('an answer that is no JSON has no members', async () => {
  const client = await clientOf(() => ({ status: 502, body: '<html>' }), 0);
  expect(await client.get('/')).toEqual({ status: 502, body: {} });
});
