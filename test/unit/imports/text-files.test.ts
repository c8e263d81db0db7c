import { expect, test } from '@jest/globals';
import { openImportFile } from '../../../shared/platform/imports/open-import-file.ts';
import { DELIMITERS, ENCODINGS } from '../../../shared/platform/imports/text/encodings.ts';
import { createFolder, encoded, readAll } from './kept-file.ts';

const keep = createFolder();
const NAMES = 'first_name,last_name\nJosé,Müller\nZoë,Å\n';

test.each([
  ['utf-8', false, 'content'],
  ['utf-8', true, 'mark'],
  ['utf-16le', true, 'mark'],
  ['utf-16be', true, 'mark'],
  ['utf-16le', false, 'guess'],
  ['utf-16be', false, 'guess'],
  ['windows-1252', false, 'guess'],
] as const)('a file in %s (with mark: %s) is found by %s', async (encoding, withMark, by) => {
  const file = await openImportFile(keep(encoded(NAMES, encoding, withMark)));
  expect(file.shape).toEqual({ kind: 'text', encoding, encodingBy: by, delimiter: ',' });
  expect(file.headers).toEqual(['first_name', 'last_name']);
  expect((await readAll(keep(encoded(NAMES, encoding, withMark)))).rows).toEqual([
    { line: 2, values: ['José', 'Müller'] },
    { line: 3, values: ['Zoë', 'Å'] },
  ]);
});

test('Windows-1252 is read with its own signs, not as Latin-1', async () => {
  const { rows } = await readAll(keep(encoded('a,b\n€ “Ž” – Œuvre,š\n', 'windows-1252')));
  expect(rows[0]?.values).toEqual(['€ “Ž” – Œuvre', 'š']);
});

test('an accent at the very end of a long file still tells the encoding', async () => {
  const text = `a,b\n${'Ada,Lovelace\n'.repeat(20_000)}José,X\n`;
  expect((await openImportFile(keep(encoded(text, 'windows-1252')))).shape).toMatchObject({
    encoding: 'windows-1252',
  });
  expect((await openImportFile(keep(encoded(text, 'utf-8')))).shape).toMatchObject({ encoding: 'utf-8' });
});

test('whoever sends a file may say what it is', async () => {
  const path = keep(encoded('a;b;c,d\nÃ©;1;2,3\n', 'windows-1252'));
  expect((await readAll(path, { encoding: 'windows-1252', delimiter: ',' })).rows).toEqual([
    { line: 2, values: ['Ã©;1;2', '3'] },
  ]);
  expect((await readAll(path)).rows).toEqual([{ line: 2, values: ['é', '1', '2,3'] }]);
});

test.each(DELIMITERS.map((delimiter) => [delimiter]))('the delimiter %j is found', async (delimiter) => {
  const text = ['first_name', 'last_name', '"a, b; c | d"'].join(delimiter);
  const file = await openImportFile(keep(`${text}\n${['1', '2', '3'].join(delimiter)}\n`));
  expect(file.shape).toMatchObject({ delimiter });
  expect(file.headers).toEqual(['first_name', 'last_name', 'a, b; c | d']);
});

test('where the header has as many of two delimiters, the rows decide', async () => {
  const file = await openImportFile(keep('Name, Vorname;Ort\nx;y\nz;w\n'));
  expect(file.shape).toMatchObject({ delimiter: ';' });
});

test('a file with one column is read as it is', async () => {
  expect((await readAll(keep('first_name\nAda\n'))).rows).toEqual([{ line: 2, values: ['Ada'] }]);
});

test.each([
  ['LF', '\n'],
  ['CR LF', '\r\n'],
  ['CR', '\r'],
])(
  'with %s every record knows the line it begins on, over quoted line breaks and empty lines',
  async (_, br) => {
    const text = ['', 'a,b', '1,"x', '', 'y"', '', '', '2,z', ',', '3,"w', '"', '4,v'].join(br);
    expect(await readAll(keep(text))).toEqual({
      headers: ['a', 'b'],
      rows: [
        { line: 3, values: ['1', `x${br}${br}y`] },
        { line: 8, values: ['2', 'z'] },
        { line: 10, values: ['3', `w${br}`] },
        { line: 12, values: ['4', 'v'] },
      ],
    });
  },
);

test('lines and values are right far behind the first piece of a file, whatever encoding it has', async () => {
  for (const encoding of ENCODINGS) {
    // Of one to four bytes, so that pieces end within one.
    const letters = encoding === 'windows-1252' ? 'aé€' : 'aé€😀';
    const records = Array.from({ length: 30_000 }, (_, at) => `${at},"${letters}\r\n${at % 7}"`);
    const { rows } = await readAll(keep(encoded(`a,b\r\n${records.join('\r\n')}`, encoding)));
    expect(rows).toHaveLength(30_000);
    const wrong = rows.filter(
      ({ line, values: [at = '', text] }, index) =>
        line !== 2 + 2 * index || at !== String(index) || text !== `${letters}\r\n${index % 7}`,
    );
    expect(wrong).toEqual([]);
  }
});

test('a row may have fewer or more values than the header: whoever checks rows says so', async () => {
  expect((await readAll(keep('a,b\n1\n1,2,3\n'))).rows).toEqual([
    { line: 2, values: ['1'] },
    { line: 3, values: ['1', '2', '3'] },
  ]);
});

test('rows can be read again from the beginning, and reading may stop anywhere', async () => {
  const file = await openImportFile(keep(`a,b\n${'1,2\n'.repeat(50_000)}`));
  for await (const { line } of file.rows()) if (line === 5) break;
  expect(await file.rows().next()).toEqual({ done: false, value: { line: 2, values: ['1', '2'] } });
});
