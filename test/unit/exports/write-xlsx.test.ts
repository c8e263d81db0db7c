import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ExportCell } from '../../../shared/platform/exports/export-cell.ts';
import { cellName } from '../../../shared/platform/exports/sheet-cell.ts';
import { writeXlsx } from '../../../shared/platform/exports/write-xlsx.ts';
import { openPackage } from '../../../shared/platform/imports/xlsx/open-package.ts';
import { givenRows, textOf } from './given-rows.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-exports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HEADERS = ['first_name', 'ends_on', 'note'];

async function partOf(rows: readonly (readonly ExportCell[])[], part: string): Promise<string> {
  const path = join(folder, 'people.xlsx');
  const pieces: Buffer[] = [];
  for await (const piece of writeXlsx({ headers: HEADERS, rows: givenRows(rows) }, 'People & <others>'))
    pieces.push(piece);
  writeFileSync(path, Buffer.concat(pieces));
  const parts = await openPackage(path);
  const text = await textOf(parts.read(part));
  parts.close();
  return text;
}

async function sizeOf(pieces: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) bytes += piece.length;
  return bytes;
}

const ROW: readonly ExportCell[] = ['Ada', { kind: 'date', date: '2027-01-29' }, '=1+1'];
const SHEET = 'xl/worksheets/sheet1.xml';

test('the header has a style of its own and stays in sight, and every column can be filtered', async () => {
  const sheet = await partOf([ROW, ROW], SHEET);
  expect(sheet).toContain(
    '<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">first_name</t></is></c>',
  );
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).toContain('</sheetData><autoFilter ref="A1:C3"/>');
  expect(await partOf([], SHEET)).toContain('<autoFilter ref="A1:C1"/>');
});

test('a date is the number of its day, shown as a date; an instant has its time', async () => {
  const sheet = await partOf([[undefined, { kind: 'date', date: '2027-01-29' }]], SHEET);
  expect(sheet).toContain('<row r="2"><c r="B2" s="2"><v>46416</v></c></row>');
  const atMs = Date.UTC(2027, 0, 29, 12);
  expect(await partOf([[{ kind: 'instant', atMs }]], SHEET)).toContain('<c r="A2" s="3"><v>46416.5</v></c>');
});

test('what looks like a formula is a text, and stays one when somebody edits it', async () => {
  const sheet = await partOf([ROW], SHEET);
  expect(sheet).toContain('<c r="C2" s="4" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
  expect(sheet).not.toContain('<f>');
  const styles = await partOf([ROW], 'xl/styles.xml');
  const cells = /<cellXfs[^>]*>(.*)<\/cellXfs>/su.exec(styles)?.[1]?.trim().split('\n') ?? [];
  expect(cells[4]).toContain('quotePrefix="1"');
  expect(cells[1]).toContain('fontId="1" fillId="2"');
  expect(cells[2]).toContain('numFmtId="164"');
});

test('the name of the sheet is safe in XML', async () => {
  expect(await partOf([ROW], 'xl/workbook.xml')).toContain('name="People &amp; &lt;others&gt;"');
});

test.each([
  [0, 'A7'],
  [25, 'Z7'],
  [26, 'AA7'],
  [99, 'CV7'],
  [701, 'ZZ7'],
  [702, 'AAA7'],
])('column %i is called %s', (column, name) => {
  expect(cellName(column, 7)).toBe(name);
});

test('a text that no workbook can hold is refused, not cut', async () => {
  await expect(partOf([['x'.repeat(32_768)]], SHEET)).rejects.toThrow(RangeError);
});

test('rows that fail make the file fail', async () => {
  function* failing(): Generator<readonly ExportCell[]> {
    yield ROW;
    throw new Error('the database did not answer');
  }
  const written = writeXlsx({ headers: HEADERS, rows: givenRows(failing()) }, 'People');
  await expect(sizeOf(written)).rejects.toThrow('the database did not answer');
});

test('rows are let go when nobody reads on', async () => {
  function* endless(): Generator<readonly ExportCell[]> {
    for (let at = 0; ; at += 1) yield [String(at), String(at * at), `${at * 7}`];
  }
  let onClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (onClosed = resolve));
  let bytes = 0;
  for await (const piece of writeXlsx({ headers: HEADERS, rows: givenRows(endless(), onClosed) }, 'People')) {
    bytes += piece.length;
    if (bytes > 100_000) break;
  }
  await closed;
});
