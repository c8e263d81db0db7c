import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { auditId } from '../../../shared/platform/persistence/audit-repository.ts';
import {
  createTestPerson,
  NOW_MS,
  startTestApi,
  type Json,
  type Reply,
  type TestApi,
} from '../../support/test-api.ts';

let api: TestApi;
let second: string;

beforeAll(async () => {
  api = await startTestApi();
  second = await api.keyWith(['organisation:*']);
});
afterAll(() => api.close());

const tagOf = (reply: Reply): string => reply.headers.get('etag') ?? '';
/** Of a person the tag of a reading also tells what can be done now. */
const revisionOf = (tag: string): number => parseInt(tag.slice(1));
const ifMatch = (tag: string) => ({ 'If-Match': tag });
const outcome = (reply: Reply): readonly unknown[] => [reply.status, reply.body['code']];
const REFUSED = [412, 'PRECONDITION_FAILED'];

async function known(path: string, tag: string): Promise<number> {
  const headers = { 'If-None-Match': tag };
  return (await api.request('GET', path, undefined, { headers })).status;
}

describe('a person', () => {
  let path: string;
  beforeEach(async () => {
    path = `/v1/people/${await createTestPerson(api)}`;
  });
  const change = (body: Json, tag: string) => api.request('PATCH', path, body, { headers: ifMatch(tag) });

  test('is shown with a tag that each change replaces', async () => {
    const shown = await api.request('GET', path);
    const changed = await change({ department: 'Quay' }, tagOf(shown));
    expect(changed).toMatchObject({ status: 200, body: { department: 'Quay', rev: 2 } });
    expect(tagOf(changed)).not.toBe(tagOf(shown));
    const again = tagOf(await api.request('GET', path));
    expect(revisionOf(again)).toBe(revisionOf(tagOf(changed)));

    const late = await change({ department: 'Pier' }, tagOf(shown));
    expect([...outcome(late), late.body['field'], tagOf(late)]).toEqual([
      ...REFUSED,
      'If-Match',
      tagOf(changed),
    ]);
    expect((await api.request('GET', path)).body['department']).toBe('Quay');
    expect((await change({ department: 'Pier' }, '*')).status).toBe(200);
    expect((await api.request('PATCH', path, { department: 'Mole' })).status).toBe(200);
  });

  test('is not sent again to whoever has it', async () => {
    const tag = tagOf(await api.request('GET', path));
    const again = await api.request('GET', path, undefined, {
      headers: { 'If-None-Match': `"x", W/${tag}` },
    });
    expect([again.status, tagOf(again), again.body]).toEqual([304, tag, {}]);
    await api.request('PATCH', path, { department: 'Quay' });
    expect(await known(path, tag)).toBe(200);
  });

  test.each(['0', '"0', 'W/0', '"0" "1"'])('refuses the tag %s, which is none', async (tag) => {
    const refused = await change({ department: 'Quay' }, tag);
    expect([...outcome(refused), refused.body['field']]).toEqual([400, 'ETAG_MALFORMED', 'If-Match']);
    const headers = { 'If-None-Match': tag };
    expect(outcome(await api.request('GET', path, undefined, { headers }))).toEqual([400, 'ETAG_MALFORMED']);
  });

  test('is changed by exactly one of ten writers who read the same revision', async () => {
    const tag = tagOf(await api.request('GET', path));
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => change({ externalId: `${path}-${index}` }, tag)),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
    const winner = replies.findIndex((reply) => reply.status === 200);
    expect((await api.request('GET', path)).body).toMatchObject({ rev: 2, externalId: `${path}-${winner}` });
    // What the others claimed is free again.
    const externalId = `${path}-${(winner + 1) % 10}`;
    expect(await createTestPerson(api, { externalId })).toMatch(/^per_/);
  });
});

test('keeps the external id of a person that two requests gave at once, although one of them is refused', async () => {
  const path = `/v1/people/${await createTestPerson(api)}`;
  const externalId = `at-once-${path}`;
  const headers = ifMatch(tagOf(await api.request('GET', path)));
  const give = () => api.request('PATCH', path, { externalId }, { headers });
  const replies = await Promise.all([give(), give()]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
  const other = `/v1/people/${await createTestPerson(api)}`;
  expect(outcome(await api.request('PATCH', other, { externalId }))).toEqual([409, 'EXTERNAL_ID_TAKEN']);
});

describe('an organisation', () => {
  const path = '/v1/organisation';
  const change = (body: Json, tag: string, key = api.key) =>
    api.request('PATCH', path, body, { headers: ifMatch(tag), key });

  test('is changed by exactly one of ten writers who read the same revision', async () => {
    const tag = tagOf(await api.request('GET', path));
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => change({ leaveTime: `1${index}:00` }, tag)),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
    expect(await known(path, tag)).toBe(200);
    expect(await known(path, tagOf(await api.request('GET', path)))).toBe(304);
  });

  test('takes no proposal from whoever names an older revision', async () => {
    const old = tagOf(await api.request('GET', path));
    await api.request('PATCH', path, { leaveTime: '16:00' });
    const guardLimits = { floor: 1_000, sharePercent: 30, ceiling: 2_000 };
    expect(outcome(await change({ guardLimits }, old))).toEqual(REFUSED);
    expect((await api.request('GET', '/v1/organisation/guard')).body).not.toHaveProperty('proposal');
    const current = tagOf(await api.request('GET', path));
    expect((await change({ guardLimits }, current)).status).toBe(202);
    const confirmed = await change({ guardLimits }, tagOf(await api.request('GET', path)), second);
    expect(confirmed).toMatchObject({ status: 200, body: { guardLimits } });
  });

  test('is frozen only at the revision that is meant', async () => {
    const old = tagOf(await api.request('GET', path));
    await api.request('PATCH', path, { leaveTime: '15:00' });
    const freeze = (word: string, tag: string) =>
      api.request('POST', `${path}/${word}`, { reason: 'x' }, { headers: ifMatch(tag) });
    expect(outcome(await freeze('freeze', old))).toEqual(REFUSED);
    expect((await api.request('GET', path)).body).not.toHaveProperty('frozen');
    const frozen = await freeze('freeze', tagOf(await api.request('GET', path)));
    expect(frozen).toMatchObject({ status: 202, body: { frozen: true } });
    expect((await freeze('unfreeze', tagOf(frozen))).body).toMatchObject({ frozen: false });
  });
});

test('refuses If-Match where nothing has a revision, and does nothing', async () => {
  const made = await api.request('POST', '/v1/api-keys', { ownerName: 'X', scopes: ['people:read'] });
  const id = String(made.body['id']);
  const refused = await api.request('DELETE', `/v1/api-keys/${id}`, undefined, { headers: ifMatch('"1"') });
  expect(outcome(refused)).toEqual([400, 'IF_MATCH_NOT_TAKEN']);
  expect((await api.request('DELETE', `/v1/api-keys/${id}`)).status).toBe(204);
  const entry = { orgId: api.orgId, actorId: 'own_x', action: 'x', atMs: NOW_MS, detail: {} };
  const id2 = auditId(api.orgId, 'apiKey.revoked', id);
  expect(await api.repositories.audit.append({ ...entry, id: id2 })).toBe('already');
});
