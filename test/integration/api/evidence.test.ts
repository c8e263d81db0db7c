import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { canonicalJson } from '../../../api/evidence/canonical-json.ts';
import { documentedFetch } from '../../support/documented.ts';
import { createTestPerson, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>&amp;`;
const BAD_NAME = '<script>alert(1)</script>';

async function aDeparture(fields: Json = {}, person: Json = {}): Promise<string> {
  const personId = await createTestPerson(api, person);
  const reply = await api.request('POST', '/v1/departures', {
    ...{ personId, lastDay: '2027-01-29', reason: 'resigned', ...fields },
  });
  expect(reply.status).toBe(202);
  return String(reply.body['id']);
}

const evidenceOf = (id: string, options: Parameters<TestApi['request']>[3] = {}, query = '') =>
  api.request('GET', `/v1/departures/${id}/evidence${query}`, undefined, options);

const pageOf = (id: string, query = '?format=html'): Promise<string> =>
  htmlOf(`/v1/departures/${id}/evidence${query}`);

async function htmlOf(path: string): Promise<string> {
  const response = await documentedFetch(`${api.url}${path}`, {
    headers: { Authorization: `Bearer ${api.key}`, Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
  });
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  return response.text();
}

test('says who asked and who decided, in order, with reasons', async () => {
  const id = await aDeparture({ requestedBy: 'Paula of HR', note: 'by letter' });
  for (const [path, body] of [
    ['pause', { reason: 'the lawyer asks' }],
    ['resume', {}],
  ] as const) {
    api.clock.nowMs += 1_000;
    const key = `${id}-${path}`;
    const reply = await api.request('POST', `/v1/departures/${id}/${path}`, body, { idempotencyKey: key });
    expect(reply.status).toBe(200);
  }
  api.clock.nowMs += 1_000;
  await api.request('PUT', `/v1/departures/${id}/legal-hold`, { reason: 'lawsuit' }, { idempotencyKey: id });
  const { body } = await evidenceOf(id);
  expect(body['departure']).toMatchObject({
    ...{ id, requestedBy: api.ownerId },
    request: { requestedBy: 'Paula of HR', note: 'by letter', reason: 'resigned' },
  });
  const commands = body['commands'] as readonly { readonly action: string; readonly at: string }[];
  expect(commands.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['departure.requested', 'departure.pauseCase', 'departure.placeLegalHold']),
  );
  expect(commands.map(({ at }) => at)).toEqual(commands.map(({ at }) => at).toSorted());
  expect(body['decisions']).toContainEqual(
    expect.objectContaining({
      ...{ action: 'departure.placeLegalHold', actorId: api.ownerId, detail: { reason: 'lawsuit' } },
    }),
  );
  expect(body['person']).toMatchObject({ legalHold: { placedBy: api.ownerId, reason: 'lawsuit' } });
  expect(body['actors']).toEqual({ [api.ownerId]: 'Tester' });
});

test('carries a hash of itself that anybody can check, the same on every reading', async () => {
  const id = await aDeparture({ reason: 'résigné 🚪 "quoted"' });
  const reply = await evidenceOf(id);
  const { sha256, ...rest } = reply.body;
  expect(createHash('sha256').update(canonicalJson(rest), 'utf8').digest('hex')).toBe(sha256);
  expect(reply.headers.get('gangway-evidence-sha256')).toBe(sha256);
  expect((await evidenceOf(id)).body).toEqual(reply.body);
  const tampered = { ...rest, departure: { ...(rest['departure'] as Json), requestedBy: 'own_other' } };
  expect(createHash('sha256').update(canonicalJson(tampered)).digest('hex')).not.toBe(sha256);
});

test('gives the same of a case of any kind, named as a case', async () => {
  const personId = await createTestPerson(api, { firstName: 'Ada', lastName: 'Lovelace' });
  const wanted = { personId, typedName: 'Ada Lovelace', reason: 'made by mistake', note: 'by letter' };
  const { body } = await api.request('POST', '/v1/deletions', wanted);
  const path = `/v1/cases/${String(body['id'])}/evidence`;
  const { sha256, ...rest } = (await api.request('GET', path)).body;
  expect(createHash('sha256').update(canonicalJson(rest), 'utf8').digest('hex')).toBe(sha256);
  expect(rest).not.toHaveProperty('departure');
  expect(rest).toMatchObject({
    case: { kind: 'deletion', request: { reason: 'made by mistake' }, lockout: { targets: [{}] } },
    commands: [{ action: 'deletion.requested', detail: { reason: 'made by mistake' } }],
  });
  const departure = await aDeparture();
  const asCase = await api.request('GET', `/v1/cases/${departure}/evidence`);
  expect(asCase.body).toMatchObject({ case: { id: departure, kind: 'departure', lockout: {} } });
  const { decisions, steps } = (await evidenceOf(departure)).body;
  expect(asCase.body).toMatchObject({ decisions, steps });
});

test('the page of a case says of which kind it is, and takes no markup from anybody', async () => {
  const personId = await createTestPerson(api, { firstName: BAD_NAME, lastName: 'Lovelace' });
  const wanted = { personId, typedName: `${BAD_NAME} Lovelace`, reason: HOSTILE };
  const { body } = await api.request('POST', '/v1/deletions', wanted);
  const page = await htmlOf(`/v1/cases/${String(body['id'])}/evidence?format=html`);
  expect(page).toContain(
    '<h1>Evidence of the deletion of &lt;script&gt;alert(1)&lt;/script&gt; Lovelace</h1>',
  );
  expect(page).toContain('Takes effect');
  expect(page).not.toMatch(/<(script|img|b|iframe|link|object|form|a)\b/iu);
});

test('the hash does not depend on the order of the keys', () => {
  expect(canonicalJson({ b: [1, { d: 'é', c: null }], a: 1.5, gone: undefined })).toBe(
    '{"a":1.5,"b":[1,{"c":null,"d":"é"}]}',
  );
});

test('enters every access in the audit, with who and what', async () => {
  const id = await aDeparture();
  await evidenceOf(id);
  await pageOf(id);
  const audit = await api.repositories.audit.listByCase(api.orgId, id, { limit: 100 });
  const reads = audit.filter(({ action }) => action === 'evidence.read');
  expect(reads.map(({ actorId }) => actorId)).toEqual([api.ownerId, api.ownerId]);
  expect(reads.map(({ detail }) => detail['format']).toSorted()).toEqual(['html', 'json']);
});

test('gives a browser the page, and anybody else JSON', async () => {
  const id = await aDeparture();
  expect(await pageOf(id, '')).toMatch(/^<!doctype html>/u);
  expect((await evidenceOf(id, { headers: { Accept: '*/*' } })).body['format']).toBe('gangway-evidence@1');
  const both = { headers: { Accept: 'text/html' } };
  expect((await evidenceOf(id, both, '?format=json')).body['format']).toBe('gangway-evidence@1');
  expect((await evidenceOf(id, {}, '?format=pdf')).body['code']).toBe('INVALID_REQUEST');
});

test('a page can hold nothing but text, whatever people are called', async () => {
  const person = { firstName: BAD_NAME, lastName: "O'Neil & <b>" };
  const id = await aDeparture({ reason: HOSTILE, note: HOSTILE, requestedBy: HOSTILE }, person);
  await api.request('POST', `/v1/departures/${id}/pause`, { reason: HOSTILE }, { idempotencyKey: `p${id}` });
  const page = await pageOf(id);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; O&#39;Neil &amp; &lt;b&gt;');
  expect(page).not.toMatch(/<(script|img|b|iframe|link|object|form|a)\b/iu);
  expect(page.match(/<style>/gu)).toHaveLength(1);
  expect(page).not.toMatch(/<[^>]*\s(?:src|href|on\w+)=/iu);
});

test('a page is made to be read aloud: language, one title, headings in order, headers of tables', async () => {
  const page = await pageOf(await aDeparture());
  expect(page).toContain('<html lang="en">');
  expect(page.match(/<h1>/gu)).toHaveLength(1);
  const levels = [...page.matchAll(/<h(\d)/gu)].map((match) => Number(match[1]));
  for (const [index, level] of levels.slice(1).entries())
    expect(level).toBeLessThanOrEqual((levels[index] ?? 1) + 1);
  expect(page).not.toMatch(/<th(?! scope=|ead)/u);
  const opened = (name: string) => page.match(new RegExp(`<${name}[ >]`, 'gu'))?.length;
  const closed = (name: string) => page.match(new RegExp(`</${name}>`, 'gu'))?.length;
  for (const name of ['table', 'tr', 'td', 'th', 'section', 'main']) expect(opened(name)).toBe(closed(name));
});

test('needs the scope, and a departure of the same organisation', async () => {
  const id = await aDeparture();
  const key = await api.keyWith(['people:read', 'directory:read']);
  expect(await evidenceOf(id, { key })).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } });
  expect(await evidenceOf('cas_unknown')).toMatchObject({
    ...{ status: 404, body: { code: 'DEPARTURE_NOT_FOUND' } },
  });
  const other = await startTestApi();
  const foreign = await evidenceOf(id, { key: other.key });
  await other.close();
  expect(foreign.status).toBe(404);
});
