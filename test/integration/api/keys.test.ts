import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NOW_MS, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const codeOf = async (key: string, path = '/v1/people', headers?: Record<string, string>) => {
  const reply = await api.request('GET', path, undefined, {
    key,
    ...(headers === undefined ? {} : { headers }),
  });
  return [reply.status, reply.body['code']];
};

test('lets nobody in without a key that is known, whole, valid and not expired', async () => {
  expect(await codeOf('')).toEqual([401, 'KEY_REQUIRED']);
  expect(await codeOf('', '/v1/people', { Authorization: `Basic ${api.key}` })).toEqual([
    401,
    'KEY_REQUIRED',
  ]);
  expect(await codeOf(api.key.slice(0, -1))).toEqual([401, 'KEY_INVALID']);
  expect(await codeOf(`${api.key.slice(0, -4)}AAAA`)).toEqual([401, 'KEY_INVALID']);
  const expired = await api.keyWith(['people:*'], { expiresAtMs: NOW_MS });
  expect(await codeOf(expired)).toEqual([401, 'KEY_EXPIRED']);
  expect(await codeOf('', '/v1/nothing')).toEqual([401, 'KEY_REQUIRED']);
});

test('asks for the key before it looks at the body', async () => {
  const reply = await api.request('POST', '/v1/people', undefined, { key: '', raw: '{"broken' });
  expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
});

test.each([
  ['GET', '/v1/people', 'people:read'],
  ['POST', '/v1/people', 'people:write'],
  ['PATCH', '/v1/people/per_x', 'people:write'],
  ['GET', '/v1/departures', 'departures:read'],
  ['POST', '/v1/departures', 'departures:write'],
  ['POST', '/v1/departures/simulation', 'departures:read'],
  ['POST', '/v1/departures/cas_x/cancel', 'departures:write'],
  ['POST', '/v1/people/per_x/rehire', 'people:write'],
  ['GET', '/v1/people/per_x/references', 'people:read'],
  ['POST', '/v1/people/per_x/setup-link', 'people:write'],
  ['POST', '/v1/imports', 'people:write'],
  ['POST', '/v1/imports/imp_x/launch', 'people:write'],
  ['POST', '/v1/imports/imp_x/setup-links', 'people:write'],
  ['GET', '/v1/imports/imp_x/errors', 'people:read'],
  ['POST', '/v1/departures/cas_x/abort', 'departures:write'],
  ['POST', '/v1/departures/cas_x/undo', 'departures:write'],
  ['POST', '/v1/departures/cas_x/steps/purge-gate/approve', 'approvals:write'],
  ['PUT', '/v1/departures/cas_x/legal-hold', 'departures:write'],
  ['DELETE', '/v1/departures/cas_x/legal-hold', 'departures:write'],
  ['PUT', '/v1/departures/cas_x/recipient', 'departures:write'],
  ['POST', '/v1/departures/cas_x/procedure', 'departures:write'],
  ['POST', '/v1/departures/cas_x/steps/disable-account/skip', 'departures:write'],
  ['POST', '/v1/departures/cas_x/release', 'approvals:write'],
  ['GET', '/v1/departures/cas_x/evidence', 'departures:read'],
  ['GET', '/v1/organisation/guard', 'organisation:read'],
  ['POST', '/v1/organisation/freeze', 'organisation:write'],
  ['POST', '/v1/organisation/unfreeze', 'organisation:write'],
  ['DELETE', '/v1/api-keys/key_x', 'organisation:write'],
  ['GET', '/v1/organisation', 'organisation:read'],
  ['PATCH', '/v1/organisation', 'organisation:write'],
  ['POST', '/v1/api-keys', 'organisation:write'],
  ['POST', '/v1/directory/deliver', 'directory:write'],
])('%s %s needs %s, and every other scope is not enough', async (method, path, scope) => {
  const [area = ''] = scope.split(':');
  const others = ['people', 'departures', 'approvals', 'organisation', 'directory'];
  const without = await api.keyWith([
    ...others.filter((other) => other !== area).map((other) => `${other}:*`),
    ...(scope.endsWith(':write') ? [`${area}:read`] : [`${area}:write`]),
  ]);
  const refused = await api.request(method, path, method === 'GET' ? undefined : {}, { key: without });
  expect([refused.status, refused.body['code']]).toEqual([403, 'SCOPE_MISSING']);
  expect(refused.body['detail']).toContain(scope);
  for (const granted of [scope, `${area}:*`]) {
    const key = await api.keyWith([granted]);
    const passed = await api.request(method, path, method === 'GET' ? undefined : {}, { key });
    expect(passed.status).not.toBe(403);
  }
});

test('shows a key once, stores only its hash, and notes its last use', async () => {
  const body = { ownerName: 'Grace', scopes: ['people:read'], expiresAt: '2027-02-01T00:00:00Z' };
  const made = await api.request('POST', '/v1/api-keys', body, { idempotencyKey: 'key-1' });
  expect(made.status).toBe(201);
  const key = String(made.body['key']);
  expect(key).toMatch(/^gw_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/);
  expect((await api.request('GET', '/v1/people', undefined, { key })).status).toBe(200);

  const again = await api.request('POST', '/v1/api-keys', body, { idempotencyKey: 'key-1' });
  expect([again.status, again.body['id']]).toEqual([201, made.body['id']]);
  expect(again.body).not.toHaveProperty('key');

  const list = await api.request('GET', '/v1/api-keys?limit=200');
  const shown = (list.body['items'] as { id: string; lastUsedAt?: string }[]).find(
    ({ id }) => id === made.body['id'],
  );
  expect(shown?.lastUsedAt).toBe(new Date(NOW_MS).toISOString());
  // The secret itself may hold the character that stands between the parts.
  const secret = key.slice('gw_12345678_'.length);
  for (const name of ['apiKeys', 'idempotency', 'audit']) {
    const stored = await api.repositories.database.connection
      .collection(name)
      .find({ orgId: api.orgId })
      .toArray();
    expect(JSON.stringify(stored)).not.toContain(secret);
  }
  expect(api.logs.join('')).not.toContain(secret);

  expect((await api.request('DELETE', `/v1/api-keys/${String(made.body['id'])}`)).status).toBe(204);
  expect(await codeOf(key)).toEqual([401, 'KEY_INVALID']);
  const unknown = await api.request('DELETE', '/v1/api-keys/key_unknown');
  expect([unknown.status, unknown.body['code']]).toEqual([404, 'KEY_NOT_FOUND']);
});

test('gives no scope its maker lacks, none that is unknown, and no expiry in the past', async () => {
  const key = await api.keyWith(['organisation:*', 'people:read']);
  const make = async (body: object) => {
    const reply = await api.request('POST', '/v1/api-keys', { ownerName: 'X', ...body }, { key });
    return [reply.status, reply.body['code']];
  };
  expect(await make({ scopes: ['people:*'] })).toEqual([403, 'SCOPE_EXCEEDED']);
  expect(await make({ scopes: ['approvals:write'] })).toEqual([403, 'SCOPE_EXCEEDED']);
  expect(await make({ scopes: ['everything:*'] })).toEqual([422, 'SCOPE_UNKNOWN']);
  expect(await make({ scopes: ['people:read'], expiresAt: '2020-01-01T00:00:00Z' })).toEqual([
    422,
    'EXPIRY_PAST',
  ]);
  expect((await make({ scopes: ['people:read', 'organisation:read'] }))[0]).toBe(201);
});

test('keeps the last key that can make keys', async () => {
  const alone = await startTestApi();
  const list = await alone.request('GET', '/v1/api-keys');
  const [own] = list.body['items'] as { id: string }[];
  const refused = await alone.request('DELETE', `/v1/api-keys/${own?.id ?? ''}`);
  expect([refused.status, refused.body['code']]).toEqual([409, 'LAST_ADMINISTRATION_KEY']);
  await alone.close();
});

test('counts requests per key and says when to come back', async () => {
  const strict = await startTestApi({ requestsPerMinute: 5 });
  const statuses: number[] = [];
  for (let index = 0; index < 5; index += 1)
    statuses.push((await strict.request('GET', '/v1/organisation')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  const over = await strict.request('GET', '/v1/organisation');
  expect([over.status, over.body['code']]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
  const other = await strict.keyWith(['organisation:*']);
  expect((await strict.request('GET', '/v1/organisation', undefined, { key: other })).status).toBe(200);
  await strict.close();
});

test('slows down whoever guesses keys, and nobody who has one', async () => {
  const strict = await startTestApi({ requestsPerMinute: 5 });
  const guess = `gw_aaaaaaaa_${'A'.repeat(43)}`;
  for (let index = 0; index < 5; index += 1)
    expect((await strict.request('GET', '/v1/organisation', undefined, { key: guess })).status).toBe(401);
  expect((await strict.request('GET', '/v1/organisation', undefined, { key: guess })).status).toBe(429);
  await strict.close();
});

test('keeps a request id that is a plain word and replaces any other', async () => {
  const ask = async (id: string) => {
    const reply = await api.request('GET', '/v1/people', undefined, { headers: { 'X-Request-Id': id } });
    return reply.headers.get('x-request-id');
  };
  expect(await ask('my-request-42')).toBe('my-request-42');
  expect(await ask('a <script>')).toMatch(/^req_/);
});

test('says what is not ready and still serves reads', async () => {
  expect((await api.request('GET', '/healthz', undefined, { key: '' })).status).toBe(200);
  expect((await api.request('GET', '/readyz', undefined, { key: '' })).body).toEqual({
    status: 'ready',
    notReady: [],
  });
  api.engine.isDown = true;
  const ready = await api.request('GET', '/readyz', undefined, { key: '' });
  expect([ready.status, ready.body['notReady']]).toEqual([503, ['engine']]);
  expect((await api.request('GET', '/v1/departures')).status).toBe(200);
  api.engine.isDown = false;
});
