import { symlink } from 'node:fs/promises';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { IMPORT_LIMITS } from '../../../shared/domain/imports/import-limits.ts';
import { writePiecesDurably } from '../../../shared/platform/files/durable-file.ts';
import { startTestApi, type TestApi } from '../../support/test-api.ts';
import { documentsOf, filesOf, TWO_PEOPLE, upload } from '../../support/uploaded-imports.ts';
import { workbookOf, textRow, workbookParts, zipOf } from '../../unit/imports/made-workbook.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ ownDatabase: true });
});
afterAll(() => api.close());

let before: Readonly<Record<string, number>>;
beforeEach(async () => {
  before = await documentsOf(api);
});
/** A refusal has no effect: no file, no document of any kind. */
afterEach(async () => {
  expect(await filesOf(api)).toEqual([]);
  expect(await documentsOf(api)).toEqual(before);
});

const HEADER = 'first_name,last_name\n';
const rows = (count: number): string => 'Ada,Lovelace\n'.repeat(count);

type File = string | Uint8Array;
const BAD: readonly (readonly [string, () => File | Promise<File>, string, number | undefined])[] = [
  ['an empty file', () => '', 'IMPORT_EMPTY', undefined],
  ['blank lines alone', () => '\n\n,,\n', 'IMPORT_EMPTY', undefined],
  ['only a header', () => HEADER, 'IMPORT_HEADER_ONLY', undefined],
  ['a picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'IMPORT_BINARY', undefined],
  ['200,001 rows', () => HEADER + rows(200_001), 'IMPORT_TOO_MANY_ROWS', 200_002],
  ['101 columns', () => `${HEADER}${'x,'.repeat(100)}x\n`, 'IMPORT_TOO_MANY_COLUMNS', 2],
  ['a row of 70 KB', () => `${HEADER}Ada,${'x'.repeat(70_000)}\n`, 'IMPORT_RECORD_TOO_LARGE', 2],
  ['a NUL', () => `${HEADER}Ada,Love\0lace\n`, 'IMPORT_NUL_BYTE', 2],
  [
    'damaged UTF-8',
    () =>
      Buffer.concat([Buffer.from(`${HEADER}Zoë,Ünal\nAda,`), Buffer.from([0xc3, 0x28]), Buffer.from('\n')]),
    'IMPORT_INVALID_UTF8',
    3,
  ],
  ['a quote that stays open', () => `${HEADER}Ada,Lovelace\n"Grace,Hopper\n`, 'IMPORT_QUOTE_UNBALANCED', 3],
  ['a zip archive that is no workbook', () => zipOf({ 'a.txt': 'a' }), 'IMPORT_NOT_XLSX', undefined],
  [
    'a zip bomb',
    () =>
      zipOf({
        ...workbookParts(textRow(1, 'first_name', 'last_name')),
        'xl/bomb': Buffer.alloc(100_000_000),
      }),
    'IMPORT_UNPACKS_TOO_LARGE',
    undefined,
  ],
  ['a workbook without rows', () => workbookOf(''), 'IMPORT_EMPTY', undefined],
];

describe('is refused by name, with its line, and without any effect', () => {
  test.each(BAD)('%s', async (_what, content, code, line) => {
    const { status, body } = await upload(api, await content());
    expect([status, body['code'], body['line']]).toEqual([422, code, line]);
    expect(body['title']).toMatch(/\.$/u);
  });

  test('60 MB, as a body and as a form', async () => {
    const large = Buffer.alloc(60 * 1024 * 1024, 'a');
    const form = new FormData();
    form.set('file', new Blob([large]), 'large.csv');
    for (const body of [large, form]) {
      const reply = await upload(api, body);
      expect([reply.status, reply.body['code']]).toEqual([413, 'IMPORT_TOO_LARGE']);
    }
  });

  test('the same with an Idempotency-Key, which may be used again', async () => {
    const headers = { 'Idempotency-Key': 'bad-and-mended' };
    expect((await upload(api, HEADER, { headers })).body['code']).toBe('IMPORT_HEADER_ONLY');
  });
});

test('one byte beyond 50 MB is too large, 50 MB are not', async () => {
  const blankRow = `${' '.repeat(60_000)},\n`;
  const left = IMPORT_LIMITS.fileBytes - HEADER.length;
  const count = Math.floor(left / blankRow.length);
  const fits = `${HEADER}${blankRow.repeat(count)}${' '.repeat(left - count * blankRow.length)}`;
  expect((await upload(api, fits)).body['code']).toBe('IMPORT_HEADER_ONLY');
  expect((await upload(api, `${fits} `)).body['code']).toBe('IMPORT_TOO_LARGE');
});

test('a disk that is full keeps nothing of it', async () => {
  const { uploads } = api.context;
  // The kernel itself says that there is no room.
  const write: typeof writePiecesDurably = async (path, pieces) => {
    await symlink('/dev/full', `${path}.tmp`);
    return writePiecesDurably(path, pieces);
  };
  Object.assign(api.context, { uploads: { ...uploads, write } });
  try {
    const { status, body } = await upload(api, TWO_PEOPLE);
    expect([status, body['code']]).toEqual([507, 'IMPORT_DISK_FULL']);
  } finally {
    Object.assign(api.context, { uploads });
  }
});

const FORM_START = '--x\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n';

test.each([
  ['text/csv', TWO_PEOPLE],
  ['multipart/form-data; boundary=x', `${FORM_START}${TWO_PEOPLE}`],
])('a client that hangs up in the middle leaves nothing: %s', async (type, beginning) => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  process.on('unhandledRejection', note);
  const sending = request(`${api.url}/v1/imports`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${api.key}`, 'Content-Type': type, 'Content-Length': '1000000' },
  });
  sending.on('error', () => undefined);
  sending.write(beginning);
  for (let waits = 0; (await filesOf(api)).length === 0 && waits < 200; waits += 1) await sleep(10);
  expect(await filesOf(api)).toHaveLength(1);
  sending.destroy();
  for (let waits = 0; (await filesOf(api)).length > 0 && waits < 200; waits += 1) await sleep(10);
  await sleep(50);
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
  expect(api.logs.filter((line) => line.includes('"level":50'))).toEqual([]);
});

describe('is not even read', () => {
  const refused = async (...args: Parameters<typeof upload>) => {
    const { status, body } = await upload(...args);
    return [status, body['code'], body['field']];
  };

  test('of a type that is no file of people, or packed', async () => {
    const type = 'application/json';
    expect(await refused(api, '{}', { type })).toEqual([415, 'CONTENT_TYPE_UNSUPPORTED', 'Content-Type']);
    const headers = { 'Content-Encoding': 'gzip' };
    expect(await refused(api, 'x', { headers })).toEqual([415, 'CONTENT_TYPE_UNSUPPORTED', 'Content-Type']);
    const charset = 'text/csv; charset=ebcdic';
    expect(await refused(api, 'x', { type: charset })).toEqual([
      ...[415, 'CONTENT_TYPE_UNSUPPORTED', 'Content-Type'],
    ]);
  });

  test('without the scope, or with a setting that there is not', async () => {
    const key = await api.keyWith(['people:read']);
    before = await documentsOf(api);
    expect(await refused(api, TWO_PEOPLE, { key })).toEqual([403, 'SCOPE_MISSING', undefined]);
    expect(await refused(api, TWO_PEOPLE, { query: '?onTaken=steal' })).toEqual([
      ...[400, 'INVALID_REQUEST', 'onTaken'],
    ]);
    expect(await refused(api, TWO_PEOPLE, { query: '?mostInvalidPercent=101' })).toEqual([
      ...[400, 'INVALID_REQUEST', 'mostInvalidPercent'],
    ]);
    expect(await refused(api, TWO_PEOPLE, { query: '?force=true' })).toEqual([400, 'UNKNOWN_FIELD', 'force']);
  });
});

describe('a form', () => {
  const sent = (parts: string, type = 'multipart/form-data; boundary=x') => upload(api, parts, { type });
  const part = (name: string, more = ''): string =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${TWO_PEOPLE}\r\n`;
  const codeOf = async (parts: string, type?: string) => {
    const { status, body } = await sent(parts, type);
    return [status, body['code'], body['detail']];
  };
  const ALONE = 'Send the file as the only part, called file.';

  test('has one part, called file', async () => {
    const file = part('file', '; filename="a.csv"');
    expect(await codeOf(`${part('people', '; filename="a.csv"')}--x--\r\n`)).toEqual([
      ...[400, 'UNKNOWN_FIELD', ALONE],
    ]);
    expect(await codeOf(`${file}${file}--x--\r\n`)).toEqual([400, 'UNKNOWN_FIELD', ALONE]);
    expect(await codeOf(`${file}${part('note')}--x--\r\n`)).toEqual([400, 'UNKNOWN_FIELD', ALONE]);
    expect(await codeOf(`${part('note')}${file}--x--\r\n`)).toEqual([400, 'UNKNOWN_FIELD', ALONE]);
    expect(await codeOf('--x--\r\n')).toEqual([
      ...[400, 'INVALID_REQUEST', 'The form has no file called file.'],
    ]);
  });

  test('names its boundary, and comes to its end', async () => {
    expect(await codeOf('--x--\r\n', 'multipart/form-data')).toEqual([
      ...[400, 'INVALID_REQUEST', 'The form does not name its boundary.'],
    ]);
    expect(await codeOf(part('file', '; filename="a.csv"'))).toEqual([
      ...[400, 'INVALID_REQUEST', 'The upload broke off.'],
    ]);
  });
});
