import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { destroyExpired } from '../../../activities/archive/destroy-expired.ts';
import { createFileArchiveStore } from '../../../activities/archive/file-archive-store.ts';
import { caseWorkflowId, openCaseClaimId } from '../../../shared/domain/ids.ts';
import { sha256Of } from '../../../shared/platform/archive/archive-manifest.ts';
import { documentedFetch } from '../../support/documented.ts';
import { createTestPerson, NOW_MS, startTestApi, type Json, type TestApi } from '../../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const MAIL = Buffer.from('Subject: one\r\n\r\nHello\r\n');
const EXPIRES_AT_MS = NOW_MS + 1_000_000;

/** A departure with one archived message, kept until `EXPIRES_AT_MS`. */
async function anArchive(): Promise<{ readonly caseId: string; readonly personId: string }> {
  const personId = await createTestPerson(api);
  const body = { personId, lastDay: '2027-03-31', reason: 'moves on' };
  const caseId = String((await api.request('POST', '/v1/departures', body)).body['id']);
  const source = { id: 'msg_1', folder: 'INBOX', receivedAtMs: NOW_MS, read: () => Promise.resolve(MAIL) };
  const store = createFileArchiveStore(api.archiveFolder);
  // eslint-disable-next-line @typescript-eslint/require-await -- a list of one
  const messages = (async function* () {
    yield source;
  })();
  const part = await store.writePart(caseId, 'part-1', messages, () => undefined);
  const { orgId } = api;
  const { manifestSha256 } = part;
  const { archiveParts } = api.repositories;
  await archiveParts.record({
    orgId,
    caseId,
    part: 'part-1',
    manifestSha256,
    messageCount: 1,
    bytes: MAIL.length,
  });
  await archiveParts.setExpiry(orgId, caseId, EXPIRES_AT_MS);
  return { caseId, personId };
}

const messagePath = (caseId: string) => `/v1/archives/${caseId}/parts/part-1/messages/000001.eml`;
const get = (path: string, key = api.key) => api.request('GET', path, undefined, { key });

async function fetchRaw(path: string) {
  const response = await documentedFetch(`${api.url}${path}`, {
    headers: { Authorization: `Bearer ${api.key}` },
  });
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

test('lists an archive with its end, shows its manifest, and gives a message with its hash', async () => {
  const { caseId, personId } = await anArchive();
  const list = await get('/v1/archives');
  const expiresAt = new Date(EXPIRES_AT_MS).toISOString();
  expect(list.body['items']).toContainEqual({ caseId, messageCount: 1, bytes: MAIL.length, expiresAt });
  const shown = await get(`/v1/archives/${caseId}`);
  expect(shown.body).toMatchObject({
    ...{ caseId, personId, expiresAt },
    parts: [{ part: 'part-1', messages: [{ file: '000001.eml', sha256: sha256Of(MAIL), folder: 'INBOX' }] }],
  });
  const { headers, bytes } = await fetchRaw(messagePath(caseId));
  expect(bytes.equals(MAIL)).toBe(true);
  expect(headers.get('content-digest')).toBe(
    `sha-256=:${Buffer.from(sha256Of(MAIL), 'hex').toString('base64')}:`,
  );
});

test('enters each access with who and what in the audit, and needs its own scope', async () => {
  const { caseId } = await anArchive();
  await get(`/v1/archives/${caseId}`);
  await fetchRaw(messagePath(caseId));
  const entries = await api.repositories.audit.listByCase(api.orgId, caseId, { limit: 50 });
  const reads = entries.filter((entry) => entry.action === 'archive.read');
  expect(new Set(reads.map((entry) => entry.actorId))).toEqual(new Set([api.ownerId]));
  const details = reads
    .map((entry) => entry.detail)
    .sort((a, b) => String(a['read']).localeCompare(String(b['read'])));
  expect(details).toEqual([
    { read: 'manifest' },
    { read: 'message', part: 'part-1', file: '000001.eml', sha256: sha256Of(MAIL) },
  ]);
  const other = await api.keyWith(['departures:*', 'people:*', 'directory:*']);
  for (const path of ['/v1/archives', `/v1/archives/${caseId}`, messagePath(caseId)])
    expect((await get(path, other)).status).toBe(403);
});

test('gives nothing that does not have the recorded hash, and nothing outside the archive', async () => {
  const { caseId } = await anArchive();
  for (const path of [
    '/v1/archives/cas_none',
    `/v1/archives/${caseId}/parts/part-9/messages/000001.eml`,
    `/v1/archives/${caseId}/parts/part-1/messages/000002.eml`,
    `/v1/archives/${caseId}/parts/part-1/messages/..%2Fmanifest.json`,
    `/v1/archives/..%2F..%2Fetc/parts/part-1/messages/000001.eml`,
  ])
    expect((await get(path)).body).toMatchObject({ status: 404, code: 'ARCHIVE_NOT_FOUND' });
  await writeFile(join(api.archiveFolder, caseId, 'part-1', '000001.eml'), 'Subject: one\r\n\r\nHullo\r\n');
  expect((await get(messagePath(caseId))).body).toMatchObject({ status: 500, code: 'ARCHIVE_DAMAGED' });
  await writeFile(join(api.archiveFolder, caseId, 'part-1', 'manifest.json'), '{}');
  expect((await get(`/v1/archives/${caseId}`)).body['code']).toBe('ARCHIVE_DAMAGED');
});

test('destroys it when its time is over, but not while the person is on legal hold', async () => {
  const { caseId, personId } = await anArchive();
  const { repositories } = api;
  const ports = { repositories, archive: createFileArchiveStore(api.archiveFolder) };
  const hold = { reason: 'lawsuit' };
  const holdPath = `/v1/departures/${caseId}/legal-hold`;
  expect((await api.request('PUT', holdPath, hold, { idempotencyKey: `h-${caseId}` })).status).toBe(200);
  await destroyExpired(ports, EXPIRES_AT_MS);
  expect(await readdir(join(api.archiveFolder, caseId))).toEqual(['part-1']);
  const held = await get(`/v1/archives/${caseId}`);
  expect(held.body).toMatchObject({ personId, legalHold: { placedBy: api.ownerId, reason: 'lawsuit' } });
  const departure = await get(`/v1/departures/${caseId}`);
  expect(departure.body).toMatchObject({ legalHold: { placedBy: api.ownerId, reason: 'lawsuit' } });
  const list = await get('/v1/departures');
  expect(
    (list.body['items'] as readonly Json[]).filter((item) => item['onLegalHold'] === true),
  ).toMatchObject([{ id: caseId }]);

  await api.request('DELETE', holdPath, hold, { idempotencyKey: `l-${caseId}` });
  await destroyExpired(ports, EXPIRES_AT_MS - 1);
  expect((await fetchRaw(messagePath(caseId))).bytes.equals(MAIL)).toBe(true);
  await destroyExpired(ports, EXPIRES_AT_MS);
  await expect(readdir(join(api.archiveFolder, caseId))).rejects.toThrow('ENOENT');
  expect((await get(messagePath(caseId))).body).toMatchObject({ status: 410, code: 'ARCHIVE_DESTROYED' });
  const after = await get(`/v1/archives/${caseId}`);
  expect(after.body).toMatchObject({ destroyedAt: new Date(EXPIRES_AT_MS).toISOString() });
  expect(after.body).not.toHaveProperty('expiresAt');
  const entries = await repositories.audit.listByCase(api.orgId, caseId, { limit: 50 });
  expect(entries.filter((entry) => entry.action === 'archive.destroyed')).toHaveLength(1);
  expect(await destroyExpired(ports, EXPIRES_AT_MS)).toBe(0);
});

test('keeps the archive of a departure that is over, on a hold of the person', async () => {
  const { caseId, personId } = await anArchive();
  const ports = { repositories: api.repositories, archive: createFileArchiveStore(api.archiveFolder) };
  await api.engine.tell(caseWorkflowId('departure', api.orgId, caseId), { kind: 'closed', atMs: 5 });
  await api.repositories.claims.release(openCaseClaimId(api.orgId, personId), api.orgId, caseId);
  const ofCase = { idempotencyKey: `c-${caseId}` };
  const closed = await api.request('PUT', `/v1/departures/${caseId}/legal-hold`, { reason: 'x' }, ofCase);
  expect(closed.body['code']).toBe('CASE_CLOSED');

  const path = `/v1/people/${personId}/legal-hold`;
  const held = await api.request('PUT', path, { reason: 'lawsuit' });
  expect(held.body).toMatchObject({ id: personId, legalHold: { placedBy: api.ownerId, reason: 'lawsuit' } });
  await destroyExpired(ports, EXPIRES_AT_MS);
  expect(await readdir(join(api.archiveFolder, caseId))).toEqual(['part-1']);

  const lifted = await api.request('DELETE', path, { reason: 'settled' });
  expect([lifted.status, lifted.body]).toEqual([
    200,
    expect.not.objectContaining({ legalHold: expect.anything() }),
  ]);
  await destroyExpired(ports, EXPIRES_AT_MS);
  await expect(readdir(join(api.archiveFolder, caseId))).rejects.toThrow('ENOENT');
});

test('destroys nothing while the organisation is frozen', async () => {
  const { caseId } = await anArchive();
  const ports = { repositories: api.repositories, archive: createFileArchiveStore(api.archiveFolder) };
  const key = (name: string) => ({ idempotencyKey: `${name}-${caseId}` });
  await api.request('POST', '/v1/organisation/freeze', { reason: 'audit' }, key('freeze'));
  await destroyExpired(ports, EXPIRES_AT_MS);
  expect(await readdir(join(api.archiveFolder, caseId))).toEqual(['part-1']);
  await api.request('POST', '/v1/organisation/unfreeze', { reason: 'over' }, key('unfreeze'));
  await destroyExpired(ports, EXPIRES_AT_MS);
  await expect(readdir(join(api.archiveFolder, caseId))).rejects.toThrow('ENOENT');
});

test('tells an open departure of a hold that is placed on the person', async () => {
  const { caseId, personId } = await anArchive();
  const path = `/v1/people/${personId}/legal-hold`;
  expect((await api.request('PUT', path, {})).body['field']).toBe('/reason');
  await api.request('PUT', path, { reason: 'lawsuit' });
  const workflowId = caseWorkflowId('departure', api.orgId, caseId);
  expect(api.engine.progressOf(workflowId)?.onLegalHold).toBe(true);
  await api.request('DELETE', path, { reason: 'settled' });
  expect(api.engine.progressOf(workflowId)?.onLegalHold).toBe(false);
});

test('records no destruction while a file is still there', async () => {
  const { caseId } = await anArchive();
  const { repositories } = api;
  const real = createFileArchiveStore(api.archiveFolder);
  const busy = () => Promise.reject(new Error('busy'));
  const archive = { ...real, destroy: (id: string) => (id === caseId ? busy() : real.destroy(id)) };
  await expect(destroyExpired({ repositories, archive }, EXPIRES_AT_MS)).rejects.toThrow(
    'archives could not be destroyed',
  );
  const [part] = await repositories.archiveParts.listByCase(api.orgId, caseId);
  expect(part).toMatchObject({ destroyingAtMs: EXPIRES_AT_MS, expiresAtMs: EXPIRES_AT_MS });
  expect(part?.destroyedAtMs).toBeUndefined();
});
