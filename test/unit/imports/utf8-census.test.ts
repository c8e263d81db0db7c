import { isUtf8 } from 'node:buffer';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createUtf8Census } from '../../../shared/platform/imports/text/utf8-census.ts';

/** Bytes at the edges of what Unicode allows. */
const EDGES = [
  0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4,
  0xf5, 0xff,
];
const character = fc
  .constantFrom('a', 'é', '€', '😀', '\ud7ff', '\ue000', '\u{10ffff}', '\u0800')
  .map((text) => [...Buffer.from(text)]);
const pieces = fc.array(
  fc.oneof({ weight: 4, arbitrary: character }, fc.array(fc.constantFrom(...EDGES), { maxLength: 2 })),
  { maxLength: 12 },
);

function countOf(bytes: Buffer, pieceLength: number) {
  const census = createUtf8Census();
  for (let at = 0; at < bytes.length; at += pieceLength) census.feed(bytes.subarray(at, at + pieceLength));
  return census.count();
}

test('faults are found where there are any, at the place where the text stops being UTF-8, however it is cut', () => {
  const seen = { valid: 0, faulty: 0 };
  fc.assert(
    fc.property(pieces, fc.integer({ min: 1, max: 9 }), (parts, pieceLength) => {
      const bytes = Buffer.from(parts.flat());
      const { characters, faults, firstFaultAt } = countOf(bytes, pieceLength);
      expect(faults === 0).toBe(isUtf8(bytes));
      expect(isUtf8(bytes.subarray(0, firstFaultAt ?? bytes.length))).toBe(true);
      if (firstFaultAt === undefined) {
        seen.valid += 1;
        expect(characters).toBe(bytes.toString().match(/[^\x00-\x7f]/gu)?.length ?? 0);
      } else {
        seen.faulty += 1;
        expect(isUtf8(bytes.subarray(0, firstFaultAt + 1))).toBe(false);
      }
    }),
    { numRuns: 5_000 },
  );
  expect(seen.valid).toBeGreaterThan(200);
  expect(seen.faulty).toBeGreaterThan(200);
});

test('what follows a damaged character is counted again', () => {
  const bytes = Buffer.concat([Buffer.from([0xe2, 0x82]), Buffer.from('é€')]);
  expect(countOf(bytes, 100)).toEqual({ characters: 2, faults: 1, firstFaultAt: 0 });
});

test('a character that is cut off by a piece of ASCII is a fault, whatever comes later', () => {
  expect(countOf(Buffer.from([0xc2, 0x41, 0x80]), 1)).toEqual({ characters: 0, faults: 2, firstFaultAt: 0 });
});
