import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeFormula, unescapeFormula } from '../../../shared/domain/imports/formula-escape.ts';

const DANGEROUS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

test.each(DANGEROUS.map((first) => [first]))('what begins with %j is escaped by one apostrophe', (first) => {
  expect(escapeFormula(`${first}1+1`)).toBe(`'${first}1+1`);
  expect(unescapeFormula(`'${first}1+1`)).toBe(`${first}1+1`);
});

test.each(['', 'Ada', "O'Neill", "'quoted'", ' =1', '1-1', 'a=b'])('%j stays as it is, both ways', (text) => {
  expect(escapeFormula(text)).toBe(text);
  expect(unescapeFormula(text)).toBe(text);
});

test('one escape is taken away, never two', () => {
  expect(unescapeFormula("''=1")).toBe("'=1");
  expect(escapeFormula("'=1")).toBe("''=1");
});

const text = fc
  .tuple(
    fc.array(fc.constantFrom("'", "''", ' ', ...DANGEROUS), { maxLength: 4 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  .map(([before, after]) => `${before.join('')}${after}`);

test('every text comes back as it was, and none comes out as a formula', () => {
  let escaped = 0;
  fc.assert(
    fc.property(text, (original) => {
      const safe = escapeFormula(original);
      if (safe !== original) escaped += 1;
      expect(unescapeFormula(safe)).toBe(original);
      expect(DANGEROUS).not.toContain(safe.slice(0, 1));
    }),
    { numRuns: 5_000 },
  );
  expect(escaped).toBeGreaterThan(1_000);
});
