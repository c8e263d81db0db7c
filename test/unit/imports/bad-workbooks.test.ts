import { expect, test } from '@jest/globals';
import { createFolder, faultOf, readAll } from './kept-file.ts';
import { textRow, workbookOf, workbookParts, zipOf } from './made-workbook.ts';

const keep = createFolder();
const HEADER = textRow(1, 'first_name', 'last_name');
const ROW = textRow(2, 'Ada', 'Lovelace');

async function without(name: string): Promise<Buffer> {
  const { [name]: _, ...parts } = workbookParts(HEADER + ROW);
  return zipOf(parts);
}

test('the workbook the others are made of is taken', async () => {
  expect((await readAll(keep(await workbookOf(HEADER + ROW)))).rows).toHaveLength(1);
});

test.each([
  ['another archive', () => zipOf({ 'people.csv': 'a,b\n1,2\n' })],
  ['an empty archive', () => zipOf({})],
  ['an archive that is cut off', async () => (await workbookOf(HEADER + ROW)).subarray(0, 900)],
  ['a workbook without its sheet', () => without('xl/worksheets/sheet1.xml')],
  ['a workbook without its list of sheets', () => without('xl/workbook.xml')],
  ['a sheet that is cut off', () => workbookOf(`${HEADER}<row`)],
  [
    'a document type',
    async () =>
      zipOf({
        ...workbookParts(''),
        'xl/worksheets/sheet1.xml': `<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData>${HEADER}${ROW}</sheetData></worksheet>`,
      }),
  ],
  ['tags within tags', () => workbookOf(`${HEADER}${ROW}${'<a>'.repeat(200)}${'</a>'.repeat(200)}`)],
  [
    'bytes that are no UTF-8',
    async () =>
      zipOf({
        ...workbookParts(''),
        'xl/worksheets/sheet1.xml': Buffer.from('<worksheet>\xe9</worksheet>', 'latin1'),
      }),
  ],
])('%s is refused as no workbook', async (_, content) => {
  expect(await faultOf(keep(await content()))).toEqual({ code: 'IMPORT_NOT_XLSX' });
});

test.each([
  ['nothing in it', '', { code: 'IMPORT_EMPTY' }],
  ['a header alone', HEADER, { code: 'IMPORT_HEADER_ONLY' }],
  [
    'a 101st column',
    `${HEADER}<row r="4"><c r="CW4"><v>1</v></c></row>`,
    { code: 'IMPORT_TOO_MANY_COLUMNS', line: 4 },
  ],
  ['a NUL', HEADER + textRow(3, 'A_x0000_da', 'L'), { code: 'IMPORT_NUL_BYTE', line: 3 }],
  [
    'a row of 70 KB',
    HEADER + textRow(3, 'x'.repeat(40 * 1024), 'é'.repeat(15 * 1024)),
    { code: 'IMPORT_RECORD_TOO_LARGE', line: 3 },
  ],
])('a workbook with %s is refused by name', async (_, rows, fault) => {
  expect(await faultOf(keep(await workbookOf(rows)))).toEqual(fault);
});

test('the hundredth column is taken', async () => {
  const rows = `${HEADER}<row r="4"><c r="CV4"><v>1</v></c></row>`;
  expect((await readAll(keep(await workbookOf(rows)))).rows[0]?.values).toHaveLength(100);
});

test('200,000 rows are taken, and one more is not', async () => {
  const rows = (count: number): string =>
    Array.from({ length: count }, (_, at) => `<row r="${at + 2}"><c><v>${at}</v></c></row>`).join('');
  expect((await readAll(keep(await workbookOf(HEADER + rows(200_000))))).rows).toHaveLength(200_000);
  expect(await faultOf(keep(await workbookOf(HEADER + rows(200_001))))).toEqual({
    code: 'IMPORT_TOO_MANY_ROWS',
    line: 200_002,
  });
});

test('a long text that rows refer to counts in each of them', async () => {
  const shared = `<si><t>${'x'.repeat(70 * 1024)}</t></si>`;
  const rows = `${HEADER}<row r="2"><c t="s"><v>0</v></c></row>`;
  expect(await faultOf(keep(await workbookOf(rows, { shared })))).toEqual({
    code: 'IMPORT_RECORD_TOO_LARGE',
    line: 2,
  });
  expect((await readAll(keep(await workbookOf(HEADER + ROW, { shared })))).rows).toHaveLength(1);
});

/** The size an archive says an entry unpacks to, in its directory. */
function lieAboutSize(zip: Buffer, name: string, size: number): Buffer {
  const at = zip.lastIndexOf(name) - 46;
  expect(zip.readUInt32LE(at)).toBe(0x02014b50);
  zip.writeUInt32LE(size, at + 24);
  return zip;
}

const FILLING = ' '.repeat(8 * 1024 * 1024);

test.each([
  ['blanks in a sheet', () => workbookOf(HEADER + ROW + FILLING)],
  [
    'blanks in another part',
    async () => zipOf({ ...workbookParts(HEADER + ROW), 'docProps/app.xml': FILLING }),
  ],
  [
    'a sheet that unpacks to more than the archive says',
    async () => lieAboutSize(await workbookOf(HEADER + ROW + FILLING), 'xl/worksheets/sheet1.xml', 4_000),
  ],
  [
    'far too many entries',
    () =>
      zipOf({
        ...workbookParts(HEADER + ROW),
        ...Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`x${at}`, ''])),
      }),
  ],
  [
    'one text without an end',
    () => workbookOf(`${HEADER}${ROW}<row><c t="inlineStr"><is><t>${noise(3_000_000)}</t></is></c></row>`),
  ],
  ['a remark without an end', () => workbookOf(`${HEADER}${ROW}<!--${noise(3_000_000)}-->`)],
  [
    'one text of many pieces',
    () =>
      workbookOf(
        `${HEADER}${ROW}<row><c t="inlineStr"><is>${`<t>${noise(100_000)}</t>`.repeat(11)}</is></c></row>`,
      ),
  ],
  [
    'one shared text of many pieces',
    () => workbookOf(HEADER + ROW, { shared: `<si>${`<r><t>${noise(100_000)}</t></r>`.repeat(11)}</si>` }),
  ],
  [
    'more shared texts than memory is given to',
    () => workbookOf(HEADER + ROW, { shared: `<si><t>${noise(60_000)}</t></si>`.repeat(1_200) }),
  ],
  [
    'a list of styles without an end',
    () => workbookOf(HEADER + ROW, { styles: `<xf a="${noise(100_000)}"/>`.repeat(180) }),
  ],
])('a bomb is not unpacked: %s', async (_, content) => {
  expect(await faultOf(keep(await content()))).toEqual({ code: 'IMPORT_UNPACKS_TOO_LARGE' });
});

test('an archive that says it unpacks to a gigabyte is refused before it is', async () => {
  const noisy = noise(6 * 1024 * 1024);
  const zip = await zipOf({ ...workbookParts(HEADER + ROW), 'xl/a': noisy, 'xl/b': noisy });
  const lying = lieAboutSize(lieAboutSize(zip, 'xl/a', 300 * 1024 * 1024), 'xl/b', 300 * 1024 * 1024);
  expect(await faultOf(keep(lying))).toEqual({ code: 'IMPORT_UNPACKS_TOO_LARGE' });
});

/** Letters that shrink to little less than they are. */
function noise(length: number): string {
  let state = 1;
  const letters = Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(97 + (state % 26));
  });
  return letters.join('');
}
