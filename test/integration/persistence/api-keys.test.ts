import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ApiKey } from '../../../shared/platform/persistence/api-key-repository.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { freshOrgId, openTestRepositories, type TestRepositories } from '../../support/test-repositories.ts';

let one: TestRepositories;

beforeAll(async () => {
  one = await openTestRepositories();
});
afterAll(() => one.close());

const NOW_MS = 1_700_000_000_000;

function aKey(overrides: Partial<ApiKey> = {}): ApiKey {
  return {
    id: newId('key'),
    orgId: freshOrgId(),
    hash: randomUUID(),
    prefix: 'gw_abcdefgh',
    scopes: ['people:*'],
    ownerId: 'own_1',
    ownerName: 'Ada',
    createdAtMs: NOW_MS,
    ...overrides,
  };
}

test('is found by its hash, exactly as inserted', async () => {
  const key = aKey({ expiresAtMs: NOW_MS + 5 });
  await one.apiKeys.insert(key);
  expect(await one.apiKeys.findByHash(key.hash)).toEqual(key);
  expect(await one.apiKeys.findByHash('none')).toBeUndefined();
  expect(await one.apiKeys.insert(key)).toBe('exists');
});

test('writes the last use at most once a minute', async () => {
  const key = aKey();
  await one.apiKeys.insert(key);
  const lastUse = async () => (await one.apiKeys.findByHash(key.hash))?.lastUsedAtMs;
  await one.apiKeys.touchLastUse(key, NOW_MS);
  await one.apiKeys.touchLastUse(key, NOW_MS + 59_999);
  expect(await lastUse()).toBe(NOW_MS);
  await one.apiKeys.touchLastUse(key, NOW_MS + 60_000);
  expect(await lastUse()).toBe(NOW_MS + 60_000);
});

test('keeps the first revocation and the key in the list', async () => {
  const key = aKey();
  await one.apiKeys.insert(key);
  expect((await one.apiKeys.revoke(key.orgId, key.id, 5))?.revokedAtMs).toBe(5);
  expect((await one.apiKeys.revoke(key.orgId, key.id, 9))?.revokedAtMs).toBe(5);
  expect(await one.apiKeys.revoke(freshOrgId(), key.id, 9)).toBeUndefined();
  expect(await one.apiKeys.list(key.orgId, { limit: 5 })).toEqual([{ ...key, revokedAtMs: 5 }]);
});

test('answers a repeated command with its first answer and refuses another one under its key', async () => {
  const command = { orgId: freshOrgId(), key: randomUUID() };
  const response = { status: 200, headers: {}, body: { effect: 'applied', empty: {} } };
  expect(await one.idempotency.begin(command, 'h1', 'cas_1', NOW_MS)).toEqual({
    kind: 'new',
    subjectId: 'cas_1',
  });
  expect(await one.idempotency.begin(command, 'h1', 'cas_2', NOW_MS + 1)).toEqual({
    kind: 'running',
    subjectId: 'cas_1',
    sinceMs: NOW_MS,
  });
  expect(await one.idempotency.begin(command, 'h2', 'cas_2', NOW_MS)).toEqual({ kind: 'different' });
  expect(await one.idempotency.finish(command, response)).toEqual(response);
  expect(await one.idempotency.finish(command, { ...response, status: 500 })).toEqual(response);
  expect(await one.idempotency.begin(command, 'h1', 'cas_3', NOW_MS)).toEqual({ kind: 'same', response });
});

test('forgets an abandoned command, and never a finished one', async () => {
  const command = { orgId: freshOrgId(), key: randomUUID() };
  await one.idempotency.begin(command, 'h1', 'cas_1', NOW_MS);
  await one.idempotency.abandon(command);
  expect(await one.idempotency.begin(command, 'h2', 'cas_2', NOW_MS)).toEqual({
    kind: 'new',
    subjectId: 'cas_2',
  });
  await one.idempotency.finish(command, { status: 204, headers: {}, body: undefined });
  await one.idempotency.abandon(command);
  expect((await one.idempotency.begin(command, 'h2', 'cas_3', NOW_MS)).kind).toBe('same');
});
