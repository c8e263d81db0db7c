import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  EMPTY_ARRAY_KEY,
  compareValues,
  encodeKey,
  encodeValue,
  equalValues,
} from '../../../standalone/store/index/key-encoder.ts';
import { MAX_KEY_BYTES, after, entryKey, prefixOf } from '../../../standalone/store/index/key-layout.ts';
import { storableValue } from './arbitrary-values.ts';
import { referenceCompare } from './reference-order.ts';

const RUNS = { numRuns: 3000 };

describe('the key encoder', () => {
  test('orders any two values as BSON does', () => {
    fc.assert(
      fc.property(storableValue, storableValue, (left, right) => {
        expect(Math.sign(Buffer.compare(encodeValue(left), encodeValue(right)))).toBe(
          referenceCompare(left, right),
        );
      }),
      RUNS,
    );
  });

  test('orders compound keys field by field, whatever the direction of each', () => {
    const field = fc.record({ left: storableValue, right: storableValue, descending: fc.boolean() });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 3 }), (fields) => {
        const key = (side: 'left' | 'right') =>
          encodeKey(fields.map((one) => ({ value: one[side], descending: one.descending })));
        const orders = fields.map((one) => referenceCompare(one.left, one.right) * (one.descending ? -1 : 1));
        expect(Math.sign(Buffer.compare(key('left'), key('right')))).toBe(
          orders.find((order) => order !== 0) ?? 0,
        );
      }),
      RUNS,
    );
  });

  test('ends every value by itself: no encoding begins another', () => {
    fc.assert(
      fc.property(storableValue, storableValue, (left, right) => {
        fc.pre(referenceCompare(left, right) !== 0);
        const [one, other] = [encodeValue(left), encodeValue(right)];
        expect(other.subarray(0, one.length).equals(one)).toBe(false);
      }),
      RUNS,
    );
  });

  test('orders texts that differ in their last bytes only, compound and descending too', () => {
    const text = fc.string({
      unit: fc.constantFrom('\0', '\u0001', 'a', '\u00ff', '\uffff', '😀'),
      maxLength: 4,
    });
    fc.assert(
      fc.property(text, text, fc.integer(), fc.boolean(), (left, right, next, descending) => {
        const key = (value: string, following: number) =>
          encodeKey([
            { value, descending },
            { value: following, descending: false },
          ]);
        const expected = referenceCompare(left, right) * (descending ? -1 : 1);
        expect(Math.sign(Buffer.compare(key(left, next), key(right, next)))).toBe(
          expected === 0 ? 0 : expected,
        );
        expect(Math.sign(Buffer.compare(key(left, 1), key(right, 2)))).toBe(expected === 0 ? -1 : expected);
      }),
      { numRuns: 3000 },
    );
  });

  test('compares values as it compares their keys', () => {
    fc.assert(
      fc.property(storableValue, storableValue, (left, right) => {
        expect(Math.sign(compareValues(left, right))).toBe(referenceCompare(left, right));
        expect(equalValues(left, right)).toBe(referenceCompare(left, right) === 0);
      }),
      RUNS,
    );
  });

  test('gives equal numbers one key, and an absent value the key of null', () => {
    expect(encodeValue(-0)).toEqual(encodeValue(0));
    expect(encodeValue(undefined)).toEqual(encodeValue(null));
  });

  test('puts the empty array below null', () => {
    expect(Buffer.compare(encodeValue(EMPTY_ARRAY_KEY), encodeValue(null))).toBe(-1);
  });

  test('tells documents with another order of fields apart', () => {
    expect(equalValues({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(false);
  });
});

describe('the key layout', () => {
  test('refuses a key LMDB could only hold shortened', () => {
    const room = MAX_KEY_BYTES - prefixOf(1, 1).length;
    expect(entryKey(prefixOf(1, 1), Buffer.alloc(room))).toHaveLength(MAX_KEY_BYTES);
    expect(() => entryKey(prefixOf(1, 1), Buffer.alloc(room + 1))).toThrow('longer than the 1978 bytes');
  });

  test('finds the first key behind a prefix', () => {
    expect(after(Buffer.from([1, 2]))).toEqual(Buffer.from([1, 3]));
    expect(after(Buffer.from([1, 0xff]))).toEqual(Buffer.from([2]));
  });
});
