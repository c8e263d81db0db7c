import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isBlank } from '../../../shared/domain/imports/import-record.ts';
import type { ExportCell } from '../../../shared/platform/exports/export-cell.ts';
import { writeCsv } from '../../../shared/platform/exports/write-csv.ts';
import { writeXlsx } from '../../../shared/platform/exports/write-xlsx.ts';
import { DELIMITERS, ENCODINGS } from '../../../shared/platform/imports/text/encodings.ts';
import { collect, createFolder, encoded, readAll } from './kept-file.ts';

const keep = createFolder();
const HEADERS = ['first_name', 'last_name', 'department'];

const telling = fc.constantFrom(
  '"',
  '""',
  "'",
  '=',
  '@',
  ',',
  ';',
  '\t',
  '|',
  '\r',
  '\n',
  '\r\n',
  ' ',
  '_x000D_',
  '<&>',
);
const plain = fc.constantFrom('Ada', 'Müller', 'é', '€', '0012', '-5', 'a b');
const wide = fc.constantFrom('＝', '李', '😀', 'Ω', '\u2028', '\ufeff', '\u0301', '\ufffe');
const textOf = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof(...parts), { maxLength: 6 }).map((pieces) => pieces.join(''));
const rowsOf = (text: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 12 });

async function* given<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

/** What a reader makes of rows: blank ones are left out. */
const seen = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  rows.filter((row) => !isBlank(row));
const valuesOf = async (path: string, told = {}) =>
  (await readAll(path, told)).rows.map(({ values }) => values);

test.each(ENCODINGS.flatMap((encoding) => DELIMITERS.map((delimiter) => [encoding, delimiter] as const)))(
  'rows written in %s with %j come back as they were',
  async (encoding, delimiter) => {
    const text =
      encoding === 'windows-1252'
        ? textOf(telling, plain)
        : textOf(telling, plain, wide, fc.string({ unit: 'grapheme', maxLength: 5 }));
    let read = 0;
    await fc.assert(
      fc.asyncProperty(rowsOf(text), fc.boolean(), async (rows, withMark) => {
        // A row that says what the text is, however little is in the others.
        const all = [...rows, ['Zoë', 'Müller', 'É']] as const;
        const csv = await collect(
          writeCsv(
            { headers: HEADERS, rows: given(all) },
            { delimiter, withMark: withMark && encoding === 'utf-8' },
          ),
        );
        const isMarked = encoding.startsWith('utf-16') && withMark;
        // Where the text is not in a group of its own, the encoding has to be said.
        const told = isMarked || encoding === 'utf-8' ? {} : { encoding };
        read += rows.length;
        expect(await valuesOf(keep(encoded(csv.join(''), encoding, isMarked)), told)).toEqual(seen(all));
      }),
      { numRuns: 60 },
    );
    expect(read).toBeGreaterThan(100);
  },
);

test('rows written as a workbook come back as they were', async () => {
  const text = textOf(telling, plain, wide, fc.string({ unit: 'binary', maxLength: 5 })).map((any) =>
    any.replaceAll('\0', ''),
  );
  await fc.assert(
    fc.asyncProperty(rowsOf(text), async (rows) => {
      const all = [...rows, ['Zoë', 'Müller', 'É']] as const;
      const pieces = await collect(writeXlsx({ headers: HEADERS, rows: given(all) }, 'People & others'));
      const file = await readAll(keep(Buffer.concat([...pieces])));
      expect(file.headers).toEqual(HEADERS);
      expect(file.rows.map(({ values }) => HEADERS.map((_, column) => values[column] ?? ''))).toEqual(
        seen(all),
      );
    }),
    { numRuns: 150 },
  );
});

const typed: readonly ExportCell[] = [
  { kind: 'date', date: '2027-01-29' },
  { kind: 'date', date: '1899-12-31' },
  5_368_709_120,
  true,
  false,
  undefined,
  '0012',
];
const COLUMNS = typed.map((_, at) => `c${at}`);

test('dates, numbers and yes or no come back as texts, from either kind of file', async () => {
  const expected = [['2027-01-29', '1899-12-31', '5368709120', 'true', 'false', '', '0012']];
  const table = () => ({ headers: COLUMNS, rows: given([typed]) });
  const csv = await collect(writeCsv(table()));
  expect(await valuesOf(keep(csv.join('')))).toEqual(expected);
  const xlsx = await collect(writeXlsx(table(), 'People'));
  expect(await valuesOf(keep(Buffer.concat([...xlsx])))).toEqual(expected);
});
