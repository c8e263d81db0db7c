import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { indexKeysOf } from '../../../standalone/store/index/index-keys.ts';
import type { IndexSpec } from '../../../standalone/store/index/index-spec.ts';
import { planQuery, type Plan } from '../../../standalone/store/index/plan.ts';
import { compileFilter } from '../../../standalone/store/query/matcher.ts';
import { parseFilter } from '../../../standalone/store/query/parse-filter.ts';
import { parseSort, sortKey } from '../../../standalone/store/query/parse-sort.ts';
import type { Doc } from '../../../standalone/store/values/bson-values.ts';

const index = (id: number, key: Record<string, 1 | -1>, extra: Partial<IndexSpec> = {}): IndexSpec => ({
  id,
  name: Object.keys(key).join('_'),
  fields: Object.entries(key).map(([path, direction]) => ({ path, descending: direction === -1 })),
  unique: false,
  multikey: Object.keys(key).map(() => false),
  ...extra,
});

const INDEXES = [
  index(1, { orgId: 1, state: 1, dueAt: 1 }),
  index(2, { orgId: 1, dueAt: -1 }),
  index(3, { orgId: 1, personId: 1 }, { unique: true }),
  index(4, { orgId: 1, tags: 1 }, { multikey: [false, true] }),
];

const plan = (filter: Doc, sort: Doc = {}): Plan => planQuery(parseFilter(filter), parseSort(sort), INDEXES);
const chosen = (filter: Doc, sort: Doc = {}): string =>
  plan(filter, sort)
    .scans.map((scan) => scan.index.name)
    .join(' | ');

describe('the planner', () => {
  test('reaches a document by its _id or by a whole unique key in one look-up', () => {
    expect(plan({ _id: 'x', rev: 3 }).scans[0]).toMatchObject({ exact: true, index: { name: '_id_' } });
    expect(plan({ orgId: 'o', personId: 'p' }).scans[0]).toMatchObject({ exact: true, index: { id: 3 } });
  });

  test('prefers the index that fixes more fields and yields the order', () => {
    expect(chosen({ orgId: 'o', state: 'running' }, { dueAt: 1 })).toBe('orgId_state_dueAt');
    expect(plan({ orgId: 'o', state: 'running' }, { dueAt: 1 })).toMatchObject({
      sorted: true,
      reverse: false,
    });
    expect(plan({ orgId: 'o', state: 'running' }, { dueAt: -1 })).toMatchObject({
      sorted: true,
      reverse: true,
    });
    expect(chosen({ orgId: 'o' }, { dueAt: 1 })).toBe('orgId_dueAt');
    expect(plan({ orgId: 'o' }, { dueAt: 1 })).toMatchObject({ sorted: true, reverse: true });
  });

  test('sorts in memory where no index yields the order', () => {
    expect(plan({ orgId: 'o', state: { $in: ['a', 'b'] } }, { dueAt: 1 }).sorted).toBe(false);
    expect(plan({ orgId: 'o' }, { note: 1 }).sorted).toBe(false);
  });

  test('never takes the order from an index over arrays', () => {
    expect(plan({ orgId: 'o' }, { tags: 1 }).sorted).toBe(false);
    expect(plan({ orgId: 'o', tags: 'x' }, { tags: 1 }).sorted).toBe(false);
  });

  test('serves an $or by the indexes of its branches, or not at all', () => {
    expect(chosen({ $or: [{ _id: 'a' }, { orgId: 'o', personId: 'p' }] })).toBe('_id_ | orgId_personId');
    expect(chosen({ $or: [{ _id: 'a' }, { note: 'n' }] })).toBe('_id_');
    expect(plan({ $or: [{ _id: 'a' }, { note: 'n' }] }).scans[0]?.exact).toBe(false);
  });

  test('bounds a prefix search', () => {
    expect(plan({ orgId: 'o', personId: { $regex: '^per_1' } }).scans[0]).toMatchObject({ index: { id: 3 } });
  });
});

const value = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom('a', 'ab', 'b', null),
  fc.date({ min: new Date(0), max: new Date(3), noInvalidDate: true }),
);
const field = fc.oneof(
  value,
  fc.array(value, { maxLength: 3 }),
  fc.record({ c: value }),
  fc.array(fc.record({ b: value, c: value }), { maxLength: 2 }),
);
const document = fc.record({ a: field, b: value, d: value }, { requiredKeys: [] });
const indexedPath = fc.constantFrom('a', 'b', 'a.b', 'a.c', 'd');
const operators = fc.oneof(
  value.map((one) => ({ $eq: one })),
  fc.array(value, { maxLength: 3 }).map((list) => ({ $in: list })),
  fc.array(value, { minLength: 1, maxLength: 2 }).map((list) => ({ $all: list })),
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), value)
    .map(([operator, one]) => ({ [operator]: one })),
  fc.tuple(value, value).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.boolean().map((wanted) => ({ $exists: wanted })),
  fc.constant({ $regex: '^a' }),
);
const filter = fc.dictionary(indexedPath, operators, { maxKeys: 3 });
const direction = fc.constantFrom<1 | -1>(1, -1);
const someIndex = fc
  .dictionary(indexedPath, direction, { minKeys: 1, maxKeys: 3 })
  .map((key) => ({ ...key }));

describe('what an index finds', () => {
  const reaches = (key: Record<string, 1 | -1>, one: Doc, rawFilter: Doc): boolean => {
    const plainIndex = index(1, key);
    const { keys, multikey } = indexKeysOf(one, plainIndex);
    const parsed = parseFilter(rawFilter);
    expect(compileFilter(parsed)(one)).toBe(true);
    const [scan] = planQuery(parsed, [], [{ ...plainIndex, multikey }]).scans;
    expect(scan?.index.id).toBe(1);
    return keys.some((bytes) =>
      scan?.ranges.some(
        ({ low, high }) => Buffer.compare(low, bytes) <= 0 && Buffer.compare(bytes, high) < 0,
      ),
    );
  };

  test.each<[string, Record<string, 1 | -1>, Doc, Doc]>([
    ['two bounds met by two elements', { a: 1 }, { a: [0, 9] }, { a: { $gt: 4, $lt: 2 } }],
    ['two bounds met by two elements, descending', { a: -1 }, { a: [0, 9] }, { a: { $gt: 4, $lt: 2 } }],
    ['two values met by two elements', { a: 1 }, { a: [1, 2] }, { $and: [{ a: 1 }, { a: 2 }] }],
    [
      'two fields met by two documents',
      { 'a.b': 1, 'a.c': 1 },
      {
        a: [
          { b: 1, c: 8 },
          { b: 7, c: 2 },
        ],
      },
      { 'a.b': 1, 'a.c': 2 },
    ],
    ['an absent field', { b: 1 }, {}, { b: null }],
    ['an empty array', { b: 1, a: 1 }, { b: 1, a: [] }, { b: 1 }],
    ['a field absent in one document', { 'a.b': 1 }, { a: [{ b: 1 }, {}] }, { 'a.b': null }],
  ])('includes %s', (_, key, one, rawFilter) => {
    expect(reaches(key, one, rawFilter)).toBe(true);
  });

  test('is never less than what the filter accepts', () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 6 }), filter, someIndex, (documents, rawFilter, key) => {
        const parsed = parseFilter({ ...rawFilter });
        const plainIndex = index(1, key);
        const entries = documents.map((one) => keysOrNothing({ ...one }, plainIndex));
        fc.pre(entries.every((entry) => entry !== undefined));
        const multikey = plainIndex.fields.map((_, at) =>
          entries.some((entry) => entry.multikey[at] === true),
        );
        const scan = planQuery(parsed, [], [{ ...plainIndex, multikey }]).scans[0];
        if (scan?.index.id !== 1) return;
        const matches = compileFilter(parsed);
        for (const [at, one] of documents.entries()) {
          if (!matches({ ...one })) continue;
          const keys = entries[at]?.keys ?? [];
          const reached = keys.some((bytes) =>
            scan.ranges.some(
              ({ low, high }) => Buffer.compare(low, bytes) <= 0 && Buffer.compare(bytes, high) < 0,
            ),
          );
          expect(reached).toBe(true);
        }
      }),
      { numRuns: 4000 },
    );
  });

  test('comes in the order the sort asks for, when the plan says so', () => {
    const sortSpec = fc.dictionary(fc.constantFrom('b', 'd'), direction, { minKeys: 1, maxKeys: 2 });
    fc.assert(
      fc.property(
        fc.array(document, { maxLength: 6 }),
        filter,
        someIndex,
        sortSpec,
        (documents, rawFilter, key, order) => {
          const spec = index(1, key);
          const entries = documents.map((one) => ({
            one: { ...one },
            keys: keysOrNothing({ ...one }, spec),
          }));
          fc.pre(entries.every((entry) => entry.keys?.keys.length === 1));
          const sort = parseSort({ ...order });
          const parsed = parseFilter({ ...rawFilter });
          const made = planQuery(parsed, sort, [{ ...spec, multikey: spec.fields.map(() => false) }]);
          if (!made.sorted || made.scans[0]?.index.id !== 1) return;
          const matches = compileFilter(parsed);
          const walked = entries
            .filter(({ one }) => matches(one))
            .toSorted((left, right) => Buffer.compare(left.keys!.keys[0]!, right.keys!.keys[0]!));
          if (made.reverse) walked.reverse();
          const sortKeys = walked.map(({ one }) => sortKey(one, sort));
          expect(sortKeys).toEqual(sortKeys.toSorted((left, right) => Buffer.compare(left, right)));
        },
      ),
      { numRuns: 4000 },
    );
  });
});

/** Documents with two arrays side by side have no keys in a compound index: the store refuses to hold them. */
function keysOrNothing(one: Doc, spec: IndexSpec) {
  try {
    return indexKeysOf(one, spec);
  } catch {
    return undefined;
  }
}
