import { expect, test } from '@jest/globals';
import { IMPORT_LIMITS } from '../../../shared/domain/imports/import-limits.ts';
import { ImportFileError } from '../../../shared/platform/imports/import-file-error.ts';
import { createFolder, encoded, faultOf, readAll } from './kept-file.ts';

const keep = createFolder();
const HEADER = 'first_name,last_name\n';
const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([...part]))));

test.each([
  ['empty', '', { code: 'IMPORT_EMPTY' }],
  ['nothing but a mark', bytes([0xef, 0xbb, 0xbf]), { code: 'IMPORT_EMPTY' }],
  ['nothing but line breaks', '\r\n\r\n', { code: 'IMPORT_EMPTY' }],
  ['a header alone', HEADER, { code: 'IMPORT_HEADER_ONLY' }],
  ['a header and blank rows', `${HEADER},\n ,\n`, { code: 'IMPORT_HEADER_ONLY' }],
  ['a PDF', bytes('%PDF-1.7\n', [0, 1, 2, 3]), { code: 'IMPORT_BINARY' }],
  ['a picture', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0]), { code: 'IMPORT_BINARY' }],
  ['bytes', Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7) % 256)), { code: 'IMPORT_BINARY' }],
  ['an old workbook', bytes([0xd0, 0xcf, 0x11, 0xe0], 'x'), { code: 'IMPORT_EXCEL_UNREADABLE' }],
  ['a NUL', bytes(HEADER, 'Ada,L\nBob', [0], ',M\n'), { code: 'IMPORT_NUL_BYTE', line: 3 }],
  ['a NUL in UTF-16', encoded(`${HEADER}A\0,B\n`, 'utf-16le', true), { code: 'IMPORT_NUL_BYTE', line: 2 }],
  [
    'UTF-8 by its mark with a damaged character',
    bytes([0xef, 0xbb, 0xbf], HEADER, 'Ada,L\n', [0xe9], 'va,M\n'),
    { code: 'IMPORT_INVALID_UTF8', line: 3 },
  ],
  [
    'UTF-8 by its content with a damaged character',
    bytes(`${HEADER}José,L\n"Zoë\nA",L\nBob`, [0xc3, 0x28], ',M\n'),
    { code: 'IMPORT_INVALID_UTF8', line: 5 },
  ],
  [
    'half a character in UTF-16',
    encoded(`${HEADER}Ada,\ud83d\n`, 'utf-16be', true),
    { code: 'IMPORT_INVALID_UTF16', line: 2 },
  ],
  [
    'half a unit in UTF-16',
    bytes([...encoded(`${HEADER}Ada,L\n`, 'utf-16le', true)], 'x'),
    { code: 'IMPORT_INVALID_UTF16', line: 3 },
  ],
  [
    'what is in neither UTF-8 nor Windows-1252',
    bytes(HEADER, 'Jos', [0xe9], ',L\nA', [0x81], ',M\n'),
    { code: 'IMPORT_INVALID_WINDOWS_1252', line: 3 },
  ],
])('%s is refused by name', async (_, content, fault) => {
  expect(await faultOf(keep(content))).toEqual(fault);
});

test('a file that is said to be UTF-8 is refused where it is not', async () => {
  const path = keep(bytes(HEADER, 'Jos', [0xe9], ',L\n'));
  expect(await faultOf(path, { encoding: 'utf-8' })).toEqual({ code: 'IMPORT_INVALID_UTF8', line: 2 });
});

test.each([
  ['is never closed', 'Ada,L\n"Bob,M\nEve,N\n', 3],
  ['is never closed in a long file', `Ada,L\n"Bob,M\n${'Eve,N\n'.repeat(50_000)}`, 3],
  ['is closed by the next one', 'Ada,L\n"Bob,M\nEve,"N"\n', 3],
  ['is closed by a next one far away', `Ada,L\n"Bob,M\n${'Eve,N\n'.repeat(50_000)}Eve,"N"\n`, 3],
  ['is closed within a value far away', `Ada,L\n"Bob,M\n${'Eve,N\n'.repeat(50_000)}Eve"N,O\n`, 3],
  ['stands within a value', 'Ada,L\nBob,M "the man" N\n', 3],
  ['is followed by more', 'Ada,L\n"Bob"by,M\n', 3],
])('a quote that %s is named with its line', async (_, rows, line) => {
  expect(await faultOf(keep(`${HEADER}${rows}`))).toEqual({ code: 'IMPORT_QUOTE_UNBALANCED', line });
});

const LONG = 'x'.repeat(70 * 1024);

test.each([
  ['as one value', `Ada,L\nBob,${LONG}\n`],
  ['within quotes', `Ada,L\nBob,"${LONG}"\n`],
  ['within quotes, over many lines', `Ada,L\nBob,"${'x\n'.repeat(35 * 1024)}"\nEve,N\n`],
  ['at the end of the file', `Ada,L\nBob,${LONG}`],
  ['of many values', `Ada,L\n${Array.from({ length: 90 }, () => 'x'.repeat(800)).join(',')}\n`],
  ['of nothing but delimiters', `Ada,L\n${','.repeat(5_000_000)}\n`],
])('a record of 70 KB %s is refused with its line', async (_, rows) => {
  expect(await faultOf(keep(`${HEADER}${rows}`))).toEqual({ code: 'IMPORT_RECORD_TOO_LARGE', line: 3 });
});

test('a record of 60 KB is taken', async () => {
  const { rows } = await readAll(keep(`${HEADER}Ada,"${'x\n'.repeat(30 * 1024)}"\n`));
  expect(rows[0]?.values[1]).toHaveLength(60 * 1024);
});

test('a hundred columns are taken, and a hundred and one are not', async () => {
  const row = (columns: number): string =>
    `${Array.from({ length: columns }, (_, at) => `c${at}`).join(',')}\n`;
  expect((await readAll(keep(row(100) + row(100)))).headers).toHaveLength(100);
  expect(await faultOf(keep(row(101) + row(2)))).toEqual({ code: 'IMPORT_TOO_MANY_COLUMNS', line: 1 });
  expect(await faultOf(keep(row(2) + row(101)))).toEqual({ code: 'IMPORT_TOO_MANY_COLUMNS', line: 2 });
});

test('200,000 rows are taken, and one more is not', async () => {
  const most = `a,b\n${'1,2\n'.repeat(IMPORT_LIMITS.rows)}`;
  expect((await readAll(keep(`${most}\n,\n`))).rows).toHaveLength(200_000);
  expect(await faultOf(keep(`${most}3,4\n`))).toEqual({ code: 'IMPORT_TOO_MANY_ROWS', line: 200_002 });
});

test('a file above 50 MB is refused before it is read', async () => {
  expect(await faultOf(keep(Buffer.alloc(IMPORT_LIMITS.fileBytes + 1, 'a')))).toEqual({
    code: 'IMPORT_TOO_LARGE',
  });
});

test('an error says its sentence and its line, and nothing of the file', () => {
  expect(new ImportFileError('IMPORT_NUL_BYTE', 7).message).toBe(
    'The file holds a NUL character, which no text has: it is damaged. Line 7.',
  );
});
