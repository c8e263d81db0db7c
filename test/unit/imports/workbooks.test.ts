import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { openImportFile } from '../../../shared/platform/imports/open-import-file.ts';
import { createFolder, readAll } from './kept-file.ts';
import { textRow, workbookOf } from './made-workbook.ts';

const keep = createFolder();

test('rows of the first sheet come with their numbers, empty cells in their places', async () => {
  const rows = `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
    <row r="5"><c r="B5" t="s"><v>2</v></c></row><row r="6"><c r="A6" s="1"/></row>
    <row><c t="str"><f>A1</f><v>from a formula</v></c><c/><c t="inlineStr"><is><t>beside</t></is></c></row>`;
  const shared = `<si><t>first_name</t></si>
    <si><r><rPr><b/></rPr><t>last</t></r><r><t xml:space="preserve">_name </t></r><rPh><t>reading</t></rPh></si>
    <si><t>A &amp; B_x000D_ &lt;c&gt;</t></si>`;
  const path = keep(await workbookOf(rows, { shared }));
  expect((await openImportFile(path)).shape).toEqual({ kind: 'xlsx', sheetName: 'People' });
  expect(await readAll(path)).toEqual({
    headers: ['first_name', '', 'last_name'],
    rows: [
      { line: 5, values: ['', 'A & B\r <c>'] },
      { line: 7, values: ['from a formula', '', 'beside'] },
    ],
  });
});

test('a hidden sheet is passed over', async () => {
  const others = textRow(1, 'a', 'b') + textRow(2, 'c', 'd');
  const path = keep(await workbookOf(textRow(1, 'x'), { firstState: 'hidden', others }));
  expect((await openImportFile(path)).shape).toEqual({ kind: 'xlsx', sheetName: 'Others' });
  expect((await readAll(path)).rows).toEqual([{ line: 2, values: ['c', 'd'] }]);
});

const STYLES = `<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy hh:mm"/><numFmt numFmtId="171" formatCode="00000"/>
  <numFmt numFmtId="172" formatCode="[Red]#,##0.00 &quot;days&quot;"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs>`;

async function valueOf(cell: string, pr = ''): Promise<string | undefined> {
  const rows = `${textRow(1, 'a')}<row r="2">${cell}</row>`;
  return (await readAll(keep(await workbookOf(rows, { styles: STYLES, pr })))).rows[0]?.values[0];
}

test.each([
  ['a date', '<c s="1"><v>46416</v></c>', '2027-01-29'],
  ['a date with a time', '<c s="2"><v>46416.729166666664</v></c>', '2027-01-29T17:30:00'],
  ['a time', '<c s="2"><v>0.5</v></c>', '12:00:00'],
  ['the last of February 1900', '<c s="1"><v>59</v></c>', '1900-02-28'],
  ['the first of March 1900', '<c s="1"><v>61</v></c>', '1900-03-01'],
  ['a number of somebody with zeros before it', '<c s="3"><v>123</v></c>', '00123'],
  ['a number that is no date', '<c s="4"><v>46416.5</v></c>', '46416.5'],
  ['a number of a telephone', '<c><v>4.1791234567E10</v></c>', '41791234567'],
  ['a sum of fractions', '<c><v>0.30000000000000004</v></c>', '0.3'],
  ['yes', '<c t="b"><v>1</v></c>', 'true'],
  ['no', '<c t="b"><v>0</v></c>', 'false'],
  ['an error', '<c t="e"><v>#N/A</v></c>', '#N/A'],
  ['a text that looks like a formula', '<c t="inlineStr"><is><t>\'=1+1</t></is></c>', "'=1+1"],
])('%s is read as somebody would type it', async (_, cell, value) => {
  expect(await valueOf(cell)).toBe(value);
});

test('a workbook that counts from 1904 has the same dates', async () => {
  expect(await valueOf('<c s="1"><v>44954</v></c>', '<workbookPr date1904="1"/>')).toBe('2027-01-29');
});

test('names may have a prefix', async () => {
  const prefixed = (xml: string): string => xml.replace(/<(\/?)(\w)/gu, '<$1x:$2');
  const path = keep(
    await workbookOf(prefixed(textRow(1, 'a') + textRow(2, 'b')).replace(/<x:row/gu, '<x:row')),
  );
  expect((await readAll(path)).rows).toEqual([{ line: 2, values: ['b'] }]);
});

test('many texts are kept once and found again', async () => {
  const texts = Array.from({ length: 40_000 }, (_, at) => `text ${at} ${'é'.repeat(at % 50)}`);
  const rows = texts.map((_, at) => `<row r="${at + 2}"><c t="s"><v>${texts.length - 1 - at}</v></c></row>`);
  const shared = texts.map((text) => `<si><t>${text}</t></si>`).join('');
  const path = keep(await workbookOf(textRow(1, 'a') + rows.join(''), { shared }));
  expect((await readAll(path)).rows.map(({ values }) => values[0])).toEqual(texts.toReversed());
});

test('a workbook that another program wrote is read', async () => {
  const { headers, rows } = await readAll(join(packageRoot, 'test/fixtures/imports/openpyxl-people.xlsx'));
  expect(headers).toEqual(['Vorname', 'Nachname', 'Vertragsende', 'Personalnummer', 'Geschützt', 'Notiz']);
  expect(rows).toEqual([
    { line: 2, values: ['José', 'Müller', '2027-01-29', '00123', 'true', '=1+1'] },
    { line: 3, values: ['Zoë', 'O’Neill', '2027-01-29T17:30:00', '04567', 'false', 'zwei\nZeilen <&> "x"'] },
    { line: 5, values: ['李', '小龙', '', '1.5'] },
  ]);
});
