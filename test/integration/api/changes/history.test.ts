import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { auditId } from '../../../../shared/platform/persistence/audit-repository.ts';
import { onTwoTargets, outcome, startChangesApi } from '../../../support/changes.ts';
import { createTestPerson, NOW_MS, type Json, type TestApi } from '../../../support/test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startChangesApi();
});
afterAll(() => api.close());

const changesOf = async (id: string, query = '') =>
  (await api.request('GET', `/v1/people/${id}/changes${query}`)).body['items'] as Json[];

test('every change is told with who did it, from what to what, the newest first, in pages', async () => {
  const id = await onTwoTargets(api, { lastName: 'Before', department: 'Dock' });
  const path = `/v1/people/${id}`;
  const at = new Date(NOW_MS).toISOString();
  const second = await api.keyWith(['people:write']);
  await api.request(
    'PATCH',
    path,
    { lastName: 'After', department: null, addressFollows: true },
    { key: second },
  );
  const steps: readonly (readonly [string, string, Json])[] = [
    ['POST', '/aliases', { alias: 'history@harbour.example' }],
    ['PUT', '/quota', { quotaBytes: 1_000_000 }],
    ['PUT', '/role', { role: 'administrator', confirm: true }],
    ['PUT', '/password', {}],
  ];
  for (const [method, what, body] of steps) {
    api.clock.nowMs += 1;
    await api.request(method, `${path}${what}`, body);
  }
  const items = await changesOf(id);
  const old = 'ada.before@harbour.example';
  expect(items.map(({ changed }) => changed)).toEqual([
    [{ field: 'password' }],
    [{ field: 'accountRole', before: 'user', after: 'administrator' }],
    [{ field: 'quotaBytes', before: 5 * 1024 ** 3, after: 1_000_000 }],
    [{ field: 'aliases', before: [old], after: [old, 'history@harbour.example'] }],
    [
      { field: 'lastName', before: 'Before', after: 'After' },
      { field: 'department', before: 'Dock', after: null },
      { field: 'address', before: old, after: 'ada.after@harbour.example' },
      { field: 'aliases', before: [], after: [old] },
    ],
  ]);
  expect(items.map(({ actorId }) => actorId === api.ownerId)).toEqual([true, true, true, true, false]);
  expect(items.at(-1)).toMatchObject({ at, actorName: 'Tester' });

  const first = await api.request('GET', `${path}/changes?limit=2`);
  const rest = await changesOf(id, `?after=${String(first.body['next'])}`);
  expect([...(first.body['items'] as Json[]), ...rest]).toEqual(items);
  api.clock.nowMs = NOW_MS;
});

test('what changes nothing leaves no trace, and neither does what was refused', async () => {
  const id = await createTestPerson(api);
  const path = `/v1/people/${id}`;
  expect((await api.request('PATCH', path, { firstName: 'Ada' })).body['rev']).toBe(0);
  expect(outcome(await api.request('PUT', `${path}/role`, { role: 'administrator' }))[0]).toBe(422);
  expect(outcome(await api.request('DELETE', `${path}/aliases/none@harbour.example`))[0]).toBe(404);
  expect(await changesOf(id)).toEqual([]);
  expect(outcome(await api.request('GET', '/v1/people/per_none/changes'))).toEqual([404, 'PERSON_NOT_FOUND']);
});

test('an entry of 0.1.0 names its fields', async () => {
  const id = await createTestPerson(api);
  await api.repositories.audit.append({
    id: auditId(api.orgId, 'person.changed', id, '1'),
    ...{ orgId: api.orgId, personId: id, actorId: 'own_gone', action: 'person.changed', atMs: NOW_MS },
    detail: { fields: ['department'], rev: 1 },
  });
  expect(await changesOf(id)).toEqual([
    { at: new Date(NOW_MS).toISOString(), actorId: 'own_gone', changed: [{ field: 'department' }] },
  ]);
});

const COMMANDS: readonly (readonly [string, string, Json | undefined])[] = [
  ['PATCH', '', { lastName: 'Tagged' }],
  ['PUT', '/role', { role: 'administrator', confirm: true }],
  ['POST', '/aliases', { alias: 'tagged@harbour.example' }],
  ['DELETE', '/aliases/tagged@harbour.example', undefined],
  ['PUT', '/quota', { quotaBytes: 1_000 }],
  ['PUT', '/password', {}],
];

test('each change is decided on the revision the caller saw, and a repetition under its key is one change', async () => {
  const id = await createTestPerson(api);
  const path = `/v1/people/${id}`;
  let tag = '"0"';
  for (const [index, [method, what, body]] of COMMANDS.entries()) {
    const send = (ifMatch: string, idempotencyKey: string) =>
      api.request(method, `${path}${what}`, body, { headers: { 'If-Match': ifMatch }, idempotencyKey });
    const late = await send('"999"', `late-${index}`);
    expect(outcome(late)).toEqual([412, 'PRECONDITION_FAILED', 'If-Match']);
    expect(late.headers.get('etag')).toBe(tag);
    const done = await send(tag, `key-${index}`);
    expect([what, done.status]).toEqual([what, 200]);
    expect((await send(tag, `key-${index}`)).body['rev']).toBe(done.body['rev']);
    expect(await changesOf(id)).toHaveLength(index + 1);
    tag = done.headers.get('etag') ?? '';
  }
});

test('none of it without the scope', async () => {
  const id = await createTestPerson(api);
  const key = await api.keyWith(['people:read']);
  for (const [method, what, body] of COMMANDS)
    expect(outcome(await api.request(method, `/v1/people/${id}${what}`, body, { key }))).toEqual([
      ...[403, 'SCOPE_MISSING'],
    ]);
  expect((await api.request('GET', `/v1/people/${id}/changes`, undefined, { key })).status).toBe(200);
});
