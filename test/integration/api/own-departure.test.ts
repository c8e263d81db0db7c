import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ALL_SCOPES } from '../../../api/http/scopes.ts';
import { newApiKey } from '../../../api/keys/new-api-key.ts';
import { createTestPerson, startTestApi, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  const guardLimits = { floor: 1, sharePercent: 1, ceiling: 1 };
  api = await startTestApi({ organisation: { guardLimits } });
});
afterAll(() => api.close());

const wanted = (personId: string) => ({
  personId,
  urgent: true,
  reason: 'left',
  autoReply: { enabled: false },
});

test('nobody starts, releases or approves their own departure', async () => {
  const personId = await createTestPerson(api);
  const own = newApiKey({
    ...{ orgId: api.orgId, ownerId: 'own_self', ownerName: 'Self', personId },
    ...{ scopes: ALL_SCOPES, createdAtMs: api.clock.nowMs },
  });
  await api.repositories.apiKeys.insert(own.key);
  const key = own.text;
  const self = await api.request('POST', '/v1/departures', wanted(personId), { key });
  expect([self.status, self.body['code']]).toEqual([403, 'SELF_DEPARTURE']);
  const colleague = wanted(await createTestPerson(api));
  expect((await api.request('POST', '/v1/departures', colleague, { key })).status).toBe(202);

  const held = await api.request('POST', '/v1/departures', wanted(personId));
  expect(held.body['state']).toBe('guard_held');
  const path = `/v1/departures/${String(held.body['id'])}`;
  const send = (command: string, body: object) =>
    api.request('POST', `${path}/${command}`, body, { key, idempotencyKey: command });
  expect((await send('release', { reason: 'please' })).body['code']).toBe('SELF_DEPARTURE');
  const approval = await send('steps/purge-gate/approve', { typedName: 'Ada Lovelace' });
  expect(approval.body['code']).toBe('SELF_DEPARTURE');
});

test('makes no key for somebody who is leaving or has left: nobody would revoke it', async () => {
  const personId = await createTestPerson(api);
  const { people } = api.repositories;
  const make = () =>
    api.request('POST', '/v1/api-keys', { ownerName: 'Lea', personId, scopes: ['people:read'] });
  expect((await make()).status).toBe(201);
  for (const status of ['leaving', 'departed'] as const) {
    const { rev } = (await people.get(api.orgId, personId))!;
    await people.update(api.orgId, personId, rev, { status });
    const reply = await make();
    expect([reply.status, reply.body['code'], reply.body['field']]).toEqual([
      ...[409, 'PERSON_NOT_ACTIVE', '/personId'],
    ]);
  }
});
