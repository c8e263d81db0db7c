import { createHash } from 'node:crypto';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sweepUploads } from '../../../api/imports/upload/sweep-uploads.ts';
import { fileClaimId } from '../../../shared/domain/ids.ts';
import { newId } from '../../../shared/platform/new-id.ts';
import { startTestApi, type TestApi } from '../../support/test-api.ts';
import { changed, filesOf, importOf, TWO_PEOPLE, upload, uploaded } from '../../support/uploaded-imports.ts';
import { textRow, workbookOf } from '../../unit/imports/made-workbook.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const uploadOf = (id: string): string => join(api.context.uploads.folder, api.orgId, id);
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** What is entered of its upload. */
async function auditOf(id: string): Promise<readonly string[]> {
  const { connection } = api.repositories.database;
  const entries = await connection.collection('audit').find({ action: 'import.uploaded' }).toArray();
  return entries.map((entry) => JSON.stringify(entry)).filter((text) => text.includes(id));
}
/** No two tests send the same file. */
const people = (name: string): string => `first_name,last_name\nAda,${name}\n`;

describe('a file that is taken', () => {
  test('is kept as it came, for its owner alone, and shown with what was found out', async () => {
    const { status, headers, body } = await upload(api, TWO_PEOPLE, { query: '?name=staff.csv' });
    const id = String(body['id']);
    expect([status, headers.get('location'), headers.get('etag')]).toEqual([201, `/v1/imports/${id}`, '"0"']);
    expect(body).toMatchObject({
      state: 'mapped',
      file: {
        ...{ name: 'staff.csv', sha256: hash(TWO_PEOPLE), sizeBytes: TWO_PEOPLE.length, rows: 2 },
        ...{ kind: 'text', encoding: 'utf-8', delimiter: 'comma' },
      },
      columns: [
        { header: 'first_name', field: 'firstName' },
        { header: 'last_name', field: 'lastName' },
      ],
      mappingFaults: [],
      settings: { onTaken: 'next', welcomeMail: false, mostInvalidPercent: 20 },
    });
    expect(await readFile(uploadOf(id), 'utf8')).toBe(TWO_PEOPLE);
    expect((await stat(uploadOf(id))).mode & 0o777).toBe(0o600);
    expect(await filesOf(api)).toEqual([uploadOf(id)]);
    expect((await api.request('GET', `/v1/imports/${id}`)).body).toEqual(body);
  });

  test('comes in a form just as well, with the name that is in it', async () => {
    const form = new FormData();
    form.set('file', new Blob([people('Form')]), 'C:\\staff\\people.csv');
    const { status, body } = await upload(api, form);
    expect([status, body['file']]).toMatchObject([201, { name: 'people.csv', sha256: hash(people('Form')) }]);
  });

  test('is a workbook where its content is one, whatever its type says', async () => {
    const workbook = await workbookOf(textRow(1, 'Vorname', 'Nachname') + textRow(2, 'Ada', 'Byron'));
    const { body } = await upload(api, workbook, { type: 'application/octet-stream' });
    expect(body).toMatchObject({ state: 'mapped', file: { kind: 'xlsx', sheetName: 'People', rows: 1 } });
  });

  test('is read as its sender says: by the charset, by the address before it', async () => {
    const latin = Buffer.from('first_name|last_name\nZo\xeb|Weiss;x\n', 'latin1');
    const type = 'text/csv; charset=ISO-8859-1';
    const { body } = await upload(api, latin, { type });
    expect(body['file']).toMatchObject({ encoding: 'windows-1252', encodingBy: 'told', delimiter: 'bar' });
    const asked = await upload(api, latin, { type, query: '?encoding=utf-8' });
    expect([asked.status, asked.body['code']]).toEqual([422, 'IMPORT_INVALID_UTF8']);
    const query = '?delimiter=semicolon&encoding=windows-1252';
    expect((await upload(api, latin, { query })).body['file']).toMatchObject({ delimiter: 'semicolon' });
  });

  test('has the settings that its address names', async () => {
    const query = '?onTaken=refuse&mostInvalidPercent=0&welcomeMail=true';
    const { body } = await upload(api, people('Settings'), { query });
    expect(body['settings']).toEqual({ onTaken: 'refuse', welcomeMail: true, mostInvalidPercent: 0 });
  });

  test.each([
    ['a header that stands there twice', 'first_name,Last_Name,last_name\nAda,x,x\n', 'IMPORT_HEADER_TWICE'],
    ['a column that is missing', 'first_name,remark\nAda,x\n', 'IMPORT_COLUMN_MISSING'],
  ])('with %s is there to be corrected, and goes no further', async (_what, file, code) => {
    const { status, body } = await upload(api, file);
    expect([status, body['state']]).toEqual([201, 'uploaded']);
    expect(body['mappingFaults']).toMatchObject([{ code, sentence: expect.stringMatching(/[.?]$/u) }]);
    const refused = await api.request('POST', `/v1/imports/${String(body['id'])}/dry-run`, undefined, {
      idempotencyKey: newId('key'),
    });
    expect([refused.status, refused.body['code']]).toEqual([422, code]);
    expect(api.imports.told.filter(({ importId }) => importId === body['id'])).toEqual([]);
  });

  test('is entered in the audit, without anything of it', async () => {
    const id = await uploaded(api, people('Audited'), '?name=secret-name.csv');
    const texts = await auditOf(id);
    expect(texts).toHaveLength(1);
    expect(texts[0]).not.toMatch(/Audited|secret-name/u);
  });
});

describe('sent again', () => {
  test('with its Idempotency-Key it is one import, with another file or setting it is refused', async () => {
    const headers = { 'Idempotency-Key': newId('key') };
    const before = (await filesOf(api)).length;
    const send = (file: string, query = '') => upload(api, file, { headers, query });
    const first = await send(people('Once'));
    const again = await send(people('Once'));
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await send(people('Twice'))).body['code']).toBe('IDEMPOTENCY_MISMATCH');
    expect((await send(people('Once'), '?onTaken=refuse')).body['code']).toBe('IDEMPOTENCY_MISMATCH');
    expect((await filesOf(api)).length).toBe(before + 1);
  });

  test('of which an attempt died it goes on, and is entered in the audit', async () => {
    const headers = { 'Idempotency-Key': newId('key') };
    const { audit } = api.repositories;
    const append = audit.append.bind(audit);
    Object.assign(audit, { append: () => Promise.reject(new Error('it dies here')) });
    expect((await upload(api, people('Died'), { headers })).status).toBe(500);
    Object.assign(audit, { append });
    const { status, body } = await upload(api, people('Died'), { headers });
    expect(status).toBe(201);
    expect(await auditOf(String(body['id']))).toHaveLength(1);
    expect(await readFile(uploadOf(String(body['id'])), 'utf8')).toBe(people('Died'));
  });

  test('twice at once with one key it is one import as well', async () => {
    const headers = { 'Idempotency-Key': newId('key') };
    const replies = await Promise.all([1, 2, 3].map(() => upload(api, people('AtOnce'), { headers })));
    expect(new Set(replies.map(({ status, body }) => `${status} ${String(body['id'])}`)).size).toBe(1);
    const id = String(replies[0]!.body['id']);
    expect(await readFile(uploadOf(id), 'utf8')).toBe(people('AtOnce'));
  });

  test('is another import that makes the people of the first one', async () => {
    const first = await uploaded(api, people('Same'));
    const { body } = await upload(api, people('Same'));
    expect(body['sameFileAs']).toBe(first);
    const [one, two] = [await importOf(api, first), await importOf(api, String(body['id']))];
    expect(one.seed).toEqual({ importId: first, atMs: expect.any(Number) });
    expect(two.seed).toEqual(one.seed);
    const stranger = await api.anotherOrganisation();
    expect((await upload(stranger, people('Same'))).body).not.toHaveProperty('sameFileAs');
  });

  test('has the seed of the first one also where a crash kept that from being written', async () => {
    const lost = newId('imp');
    const claim = fileClaimId(api.orgId, hash(people('Lost')));
    await api.repositories.claims.take(claim, api.orgId, lost, 0);
    const [one, two] = [await uploaded(api, people('Lost')), await uploaded(api, people('Lost'))];
    expect((await importOf(api, one)).seed.importId).toBe(lost);
    expect((await importOf(api, two)).seed).toEqual((await importOf(api, one)).seed);
  });
});

test('what a crash left is swept after a day, and nothing that is still needed', async () => {
  const own = await startTestApi({ ownDatabase: true });
  const { folder } = own.context.uploads;
  const [kept, young, over] = [await uploaded(own), await uploaded(own), await uploaded(own)];
  await changed(own, over, { state: 'stopped' });
  const at = (name: string): string => join(folder, own.orgId, name);
  await writeFile(at('imp_gone'), 'a,b');
  await writeFile(at('imp_half.received.tmp'), 'a');
  const old = new Date(own.clock.nowMs - 25 * 60 * 60_000);
  for (const file of await filesOf(own)) if (!file.endsWith(young)) await utimes(file, old, old);
  await utimes(at(young), new Date(own.clock.nowMs), new Date(own.clock.nowMs));
  await sweepUploads(own.context, () => false);
  expect((await filesOf(own)).toSorted()).toEqual([at(kept), at(young)].toSorted());
  await own.close();
});

describe('the list', () => {
  test('has the newest first, in pages, by state, and of one organisation', async () => {
    const own = await api.anotherOrganisation();
    const ids = [];
    for (const name of ['A', 'B', 'C']) ids.push(await uploaded(own, people(name)));
    const faulty = await uploaded(own, 'first_name\nAda\n');
    const first = await own.request('GET', '/v1/imports?limit=2');
    const shown = (body: unknown): readonly string[] =>
      (body as { readonly items: readonly { readonly id: string }[] }).items.map(({ id }) => id);
    expect(shown(first.body)).toEqual([faulty, ids[2]]);
    const second = await own.request('GET', `/v1/imports?limit=2&after=${String(first.body['next'])}`);
    expect(shown(second.body)).toEqual([ids[1], ids[0]]);
    expect(second.body).not.toHaveProperty('next');
    expect(shown((await own.request('GET', '/v1/imports?state=uploaded')).body)).toEqual([faulty]);
    const foreign = await api.request('GET', `/v1/imports/${faulty}`);
    expect([foreign.status, foreign.body['code']]).toEqual([404, 'IMPORT_NOT_FOUND']);
  });
});
