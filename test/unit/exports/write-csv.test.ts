import { expect, test } from '@jest/globals';
import { writeCsv } from '../../../shared/platform/exports/write-csv.ts';
import { givenRows, textOf } from './given-rows.ts';

const HEADERS = ['first_name', 'ends_on'];

test('a table is written as RFC 4180 wants it', async () => {
  const rows = givenRows([
    ['Ada', { kind: 'date', date: '2027-01-29' }],
    ['say "hi"', undefined],
    ['two\r\nlines', { kind: 'instant', atMs: Date.UTC(2027, 0, 29, 17, 30) }],
    [' blanks ', 12],
    ['a;b', true],
  ] as const);
  expect(await textOf(writeCsv({ headers: HEADERS, rows }))).toBe(
    [
      'first_name,ends_on',
      'Ada,2027-01-29',
      '"say ""hi""",',
      '"two\r\nlines",2027-01-29T17:30:00.000Z',
      '" blanks ",12',
      '"a;b",true',
      '',
    ].join('\r\n'),
  );
});

test('a mark comes first where it is asked for, and there alone', async () => {
  const table = () => ({ headers: HEADERS, rows: givenRows([['Ada']]) });
  expect(await textOf(writeCsv(table(), { withMark: true }))).toBe('\ufefffirst_name,ends_on\r\nAda\r\n');
  expect(await textOf(writeCsv(table(), { delimiter: ';' }))).toBe('first_name;ends_on\r\nAda\r\n');
});

test.each(['=1+1', '+1', '-1', '@a', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠a', "'=1"])(
  '%j does not begin as a formula does',
  async (text) => {
    const rows = givenRows([['Ada', text]]);
    const [, line = ''] = (await textOf(writeCsv({ headers: HEADERS, rows }))).split('\r\n');
    expect(line.slice('Ada,'.length).replace(/^"/u, '')).toMatch(/^'/u);
  },
);

test('rows are asked for while the file is written, and let go when nobody reads on', async () => {
  let asked = 0;
  let closed = false;
  function* endless() {
    for (;;) {
      asked += 1;
      yield ['Ada', 'x'.repeat(100)];
    }
  }
  const rows = givenRows(endless(), () => (closed = true));
  for await (const piece of writeCsv({ headers: HEADERS, rows })) if (piece !== '') break;
  expect(asked).toBeLessThan(1_000);
  expect(closed).toBe(true);
});
