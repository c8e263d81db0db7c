import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { indexKeysOf } from '../../../standalone/store/index/index-keys.ts';
import type { IndexSpec } from '../../../standalone/store/index/index-spec.ts';
import { exactScan } from '../../../standalone/store/query/count-by-index.ts';
import { countingGroup, createGroup } from '../../../standalone/store/query/group.ts';
import { compileFilter } from '../../../standalone/store/query/matcher.ts';
import { parseFilter } from '../../../standalone/store/query/parse-filter.ts';
import type { Doc } from '../../../standalone/store/values/bson-values.ts';

function indexOver(paths: readonly string[], documents: readonly Doc[], unique = false): IndexSpec {
  const plain: IndexSpec = {
    ...{ id: 1, name: 'one', unique, multikey: paths.map(() => false) },
    fields: paths.map((path, at) => ({ path, descending: at % 2 === 1 })),
  };
  const multikey = paths.map((_, at) =>
    documents.some((one) => indexKeysOf(one, plain).multikey[at] === true),
  );
  return { ...plain, multikey };
}

const isExact = (filter: Doc, index: IndexSpec): boolean =>
  exactScan(parseFilter(filter), [index])?.index.id === 1;

const value = fc.constantFrom('a', 'ab', 'b', '', 'a\0', 0, 1, -1, 1.5, true, false, null, [] as unknown[], [
  'a',
  'b',
]);
const document = fc.record({ a: value, b: fc.constantFrom('x', 'y', 1, null) }, { requiredKeys: [] });
const condition = fc.oneof(
  value.filter((one) => !Array.isArray(one)),
  fc
    .array(fc.constantFrom('a', 'ab', 1, true, null), { minLength: 1, maxLength: 3 })
    .map((list) => ({ $in: list })),
  fc.constantFrom(
    { $gte: 'a' },
    { $lt: 1 },
    { $ne: 'a' },
    { $exists: true },
    { $regex: '^a' },
    { $eq: 'a', $gt: 0 },
  ),
);
const filter = fc.dictionary(fc.constantFrom('a', 'b', 'c'), condition, { maxKeys: 3 });

describe('a count from an index alone', () => {
  test('is what the filter accepts, each document once', () => {
    let exact = 0;
    fc.assert(
      fc.property(
        fc.array(document, { maxLength: 8 }),
        filter,
        fc.constantFrom(['a'], ['b'], ['a', 'b'], ['b', 'a']),
        (documents, rawFilter, paths) => {
          const plain = documents.map((one) => ({ ...one }));
          const index = indexOver(paths, plain);
          const parsed = parseFilter({ ...rawFilter });
          const scan = exactScan(parsed, [index]);
          if (scan?.index.id !== 1) return;
          exact += 1;
          const keys = plain.flatMap((one) => indexKeysOf(one, index).keys);
          const inRange = keys.filter((key) =>
            scan.ranges.some(
              ({ low, high }) => Buffer.compare(low, key) <= 0 && Buffer.compare(key, high) < 0,
            ),
          );
          expect(inRange).toHaveLength(plain.filter(compileFilter(parsed)).length);
        },
      ),
      { numRuns: 5_000 },
    );
    expect(exact).toBeGreaterThan(100);
  });

  test.each<[string, Doc]>([
    ['a field the index does not have', { a: 'x', c: 'x' }],
    ['null, which is also what is absent', { a: null }],
    ['a range, whose ends hold more', { a: { $gte: 1 } }],
    ['two conditions on one field', { a: { $eq: 'x', $gt: 'a' } }],
    ['a document', { a: { $eq: { x: 1 } } }],
    ['an alternative', { $or: [{ a: 'x' }, { a: 'y' }] }],
    ['a field after one that is free', { b: 'x' }],
  ])('is not made for %s', (_, raw) => {
    expect(isExact(raw, indexOver(['a', 'b'], []))).toBe(false);
  });

  test('is not made in an index over arrays, in which a document has several keys', () => {
    expect(isExact({ a: { $in: ['x', 'y'] } }, indexOver(['a'], [{ a: ['x', 'y'] }]))).toBe(false);
    expect(isExact({ a: { $in: ['x', 'y'] } }, indexOver(['a'], [{ a: 'x' }]))).toBe(true);
  });

  test('stands for a group that only counts, and gives what that group gives', () => {
    const spec = { _id: 1, n: { $sum: 1 } };
    for (const count of [0, 3]) {
      const group = createGroup(spec);
      for (let at = 0; at < count; at += 1) group.add({ a: at });
      expect(countingGroup(spec)?.(count)).toEqual(group.results());
    }
    for (const other of [
      { _id: '$a', n: { $sum: 1 } },
      { _id: 1, n: { $sum: 2 } },
      { _id: 1, n: { $sum: '$a' } },
      { _id: 1, n: { $sum: 1 }, m: { $sum: 1 } },
      { _id: 1 },
      { n: { $sum: 1 } },
    ])
      expect(countingGroup(other)).toBeUndefined();
  });
});
