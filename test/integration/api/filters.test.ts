import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../../shared/platform/new-id.ts';
import { recordQueries } from '../../support/query-plans.ts';
import { createTestPerson, NOW_MS, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';
import { aCase, aPerson } from '../../support/test-repositories.ts';

let api: TestApi;
let asked: ReturnType<typeof recordQueries>;

beforeAll(async () => {
  api = await startTestApi();
  asked = recordQueries(api.repositories.database.connection);
});
afterAll(() => api.close());

async function shown(
  path: string,
  nameOf = (item: Json): unknown => item['id'],
): Promise<readonly unknown[]> {
  asked.forget();
  const reply = await api.request('GET', path);
  expect([reply.status, reply.body['code']]).toEqual([200, undefined]);
  return (reply.body['items'] as readonly Json[]).map(nameOf);
}

describe('people', () => {
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const insert = async (fields: Parameters<typeof aPerson>[1]): Promise<string> => {
      const person = aPerson(api.orgId, fields);
      await api.repositories.people.insert(person);
      return person.id;
    };
    const chief = await insert({ firstName: 'Grace', lastName: 'Hopper', department: 'Bridge' });
    ids = {
      chief,
      admin: await insert({ accountRole: 'administrator', managerId: chief, department: 'Engine' }),
      gone: await insert({ status: 'departed', managerId: chief, domain: 'quay.example' }),
      deck: await insert({ department: 'Engine', firstName: 'Mary', lastName: 'Somerville' }),
    };
  });

  test.each([
    ['role=administrator', ['admin'], 'accountRole'],
    ['status=departed', ['gone'], 'status'],
    ['domain=QUAY.example', ['gone'], 'domain'],
    ['department=Engine', ['admin', 'deck'], 'department'],
    ['managerId=:chief', ['admin', 'gone'], 'managerId'],
    ['q=somer', ['deck'], 'searchPrefixes'],
    ['search=somer', ['deck'], 'searchPrefixes'],
    ['role=administrator&status=active', ['admin'], 'accountRole'],
    ['managerId=:chief&status=departed&domain=quay.example', ['gone'], ''],
    ['department=Engine&q=mary', ['deck'], ''],
  ])('?%s', async (query, expected, field) => {
    const found = await shown(`/v1/people?${query.replace(':chief', ids['chief']!)}`);
    expect(found).toEqual(expected.map((name) => ids[name]));
    if (field !== '') await asked.expectIndexed('people', field);
    else expect((await asked.plansFor('people')).map(({ sorted }) => sorted)).toEqual([true]);
  });

  test.each(['role=root', 'status=away', 'managerId=x', 'q=x', 'domain=nowhere', 'department='])(
    'refuses ?%s and names the field',
    async (query) => {
      const refused = await api.request('GET', `/v1/people?${query}`);
      expect([refused.status, refused.body['code']]).toEqual([400, 'INVALID_REQUEST']);
      expect(refused.body['field']).toBe(query.split('=')[0]);
    },
  );
});

describe('departures', () => {
  const owner = newId('own');
  const personId = newId('per');
  const at = (hour: number): string => new Date(NOW_MS + hour * 3_600_000).toISOString();
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const insert = async (fields: Parameters<typeof aCase>[1]): Promise<string> => {
      const record = aCase(api.orgId, fields);
      await api.repositories.cases.insert(record);
      return record.id;
    };
    const due = (hour: number) => ({ dueAtMs: NOW_MS + hour * 3_600_000 });
    const closedAtMs = NOW_MS;
    ids = {
      running: await insert({ state: 'running', ...due(1) }),
      red: await insert({ state: 'needs_attention', needsAttention: true, ...due(2), requestedBy: owner }),
      done: await insert({ state: 'completed', closedAtMs, personId }),
      grace: await insert({ state: 'grace', ...due(3), requestedBy: owner, personId }),
      undone: await insert({ state: 'undone', closedAtMs, requestedBy: owner }),
    };
  });

  test.each([
    ['state=running', ['running'], 'state'],
    ['state=grace,running', ['grace', 'running'], 'state'],
    ['state=completed&state=needs_attention', ['done', 'red'], 'state'],
    ['state=grace,grace', ['grace'], 'state'],
    ['closed=true', ['undone', 'done'], 'state'],
    ['closed=false', ['grace', 'red', 'running'], 'state'],
    ['closed=true&state=running,undone', ['undone'], 'state'],
    ['closed=false&state=undone', [], ''],
    ['needsAttention=true', ['red'], 'needsAttention'],
    ['personId=:person', ['grace', 'done'], 'personId'],
    ['personId=:person&closed=false', ['grace'], 'personId'],
    // Of the two the one that leaves less to look at, as most are in the same state.
    ['personId=:person&state=grace', ['grace'], 'personId'],
    ['requestedBy=:owner&state=grace', ['grace'], 'requestedBy'],
    ['requestedBy=:owner', ['undone', 'grace', 'red'], 'requestedBy'],
    ['requestedBy=:owner&state=grace,undone', ['undone', 'grace'], 'requestedBy'],
    ['dueUntil=:2', ['red', 'running'], 'state'],
    ['dueFrom=:2', ['grace', 'red'], 'state'],
    ['dueFrom=:2&dueUntil=:2', ['red'], 'state'],
    ['dueFrom=:2&requestedBy=:owner&needsAttention=false', ['grace'], ''],
    ['dueUntil=:9&closed=true', [], 'state'],
  ])('?%s', async (query, expected, field) => {
    const filled = query
      .replace(':person', personId)
      .replace(':owner', owner)
      .replace(/:(\d)/gu, (_all, hour: string) => encodeURIComponent(at(Number(hour))));
    expect(await shown(`/v1/departures?${filled}`)).toEqual(expected.map((name) => ids[name]));
    if (field !== '') await asked.expectIndexed('cases', field);
    else for (const { sorted } of await asked.plansFor('cases')) expect(sorted).toBe(true);
  });

  test.each([
    'state=asleep',
    'state=running,',
    'closed=maybe',
    'needsAttention=1',
    'dueFrom=today',
    'requestedBy=x',
  ])('refuses ?%s and names the field', async (query) => {
    const refused = await api.request('GET', `/v1/departures?${query}`);
    expect([refused.status, refused.body['code']]).toEqual([400, 'INVALID_REQUEST']);
    expect(refused.body['field']).toBe(query.split('=')[0]);
  });
});

test('fills a page with keys that still open something, however many revoked ones lie between', async () => {
  const personId = await createTestPerson(api);
  const make = async (fields: Json) =>
    (await api.request('POST', '/v1/api-keys', { ownerName: 'X', scopes: ['people:read'], ...fields })).body;
  const first = await make({ personId });
  const ownerId = String((first['owner'] as Json)['id']);
  for (let index = 0; index < 5; index += 1) {
    const { id } = await make({ ownerId });
    expect((await api.request('DELETE', `/v1/api-keys/${String(id)}`)).status).toBe(204);
  }
  const last = await make({ ownerId });
  const of = `/v1/api-keys?ownerId=${ownerId}`;
  expect(await shown(`${of}&active=true&limit=2`)).toEqual([first['id'], last['id']]);
  await asked.expectIndexed('apiKeys', 'ownerId');
  expect(await shown(`${of}&active=false`)).toHaveLength(5);
  expect(await shown(`/v1/api-keys?personId=${personId}`)).toEqual([first['id']]);
  await asked.expectIndexed('apiKeys', 'personId');
});

test('lists archives that are destroyed, or about to be', async () => {
  const { archiveParts, cases } = api.repositories;
  const [soon, late, gone] = [aCase(api.orgId), aCase(api.orgId), aCase(api.orgId)];
  for (const { id: caseId, ...record } of [soon, late, gone]) {
    await cases.insert({ id: caseId, ...record });
    const part = { orgId: api.orgId, caseId, part: 'a', manifestSha256: 'x', messageCount: 1, bytes: 1 };
    await archiveParts.record(part);
    await archiveParts.setExpiry(api.orgId, caseId, NOW_MS + (caseId === late.id ? 1_000 : 0));
  }
  await archiveParts.noteDestruction(api.orgId, gone.id, 'proven', NOW_MS);
  const nameOf = (item: Json): unknown => item['caseId'];
  const until = encodeURIComponent(new Date(NOW_MS).toISOString());
  expect(await shown('/v1/archives?destroyed=true', nameOf)).toEqual([gone.id]);
  expect(await shown('/v1/archives?destroyed=false&limit=2', nameOf)).toEqual([soon.id, late.id]);
  expect(await shown(`/v1/archives?expiresUntil=${until}`, nameOf)).toEqual([soon.id]);
  await asked.expectIndexed('archiveParts', 'caseId');
});
