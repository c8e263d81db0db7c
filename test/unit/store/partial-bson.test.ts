import { expect, test } from '@jest/globals';
import { Binary, ObjectId } from 'bson';
import fc from 'fast-check';
import { decode, encode, type Doc } from '../../../standalone/store/values/bson-values.ts';
import {
  membersIn,
  onlyMembers,
  withoutPaths,
  type PathTree,
} from '../../../standalone/store/values/partial-bson.ts';

const names = fc.constantFrom<string[]>('a', 'b', 'ä', 'steps', 'plan', '_id');
const leaf = fc.oneof(
  ...[fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)],
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => new Binary(bytes)),
  fc.constant(new ObjectId('0123456789abcdef01234567')),
);
const { document } = fc.letrec<{ value: unknown; document: Doc }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('document'), fc.array(tie('value'), { maxLength: 4 })),
  document: fc.dictionary(names, tie('value'), { maxKeys: 5 }),
}));

/** The same by decoding everything. */
function omitted(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => omitted(item, path));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const [first, ...rest] = path;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== first || rest.length > 0)
      .map(([name, item]) => [name, name === first ? omitted(item, rest) : item]),
  );
}

function treeOf([first = '', ...rest]: readonly string[]): PathTree {
  return { [first]: rest.length === 0 ? true : treeOf(rest) };
}

test('a document without a path is what is left when everything is decoded', () => {
  const path = fc.array(names, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(document, path, (doc, paths) => {
      const bytes = encode(doc);
      expect(decode(withoutPaths(bytes, treeOf(paths)))).toEqual(omitted(decode(bytes), paths));
    }),
  );
});

test('some members of a document are what they are in the whole of it', () => {
  fc.assert(
    fc.property(document, fc.uniqueArray(names), (doc, wanted) => {
      const whole = Object.entries(decode(encode(doc)));
      const some = onlyMembers(new Set(wanted))(encode(doc));
      expect(decode(some)).toEqual(Object.fromEntries(whole.filter(([name]) => wanted.includes(name))));
    }),
  );
});

test('what is left alone keeps its bytes', () => {
  const bytes = encode({ a: 1, b: { c: [1, { d: 2 }] } });
  expect(withoutPaths(bytes, { missing: true })).toEqual(bytes);
  expect(onlyMembers(new Set(['a', 'b']))(bytes)).toEqual(bytes);
});

test('a filter looks at the first name of each path, in every branch', () => {
  const filter = {
    orgId: { $eq: 'o' },
    $or: [{ 'plan.steps.0': { $eq: 1 } }, { $and: [{ b: { $gt: 1 } }] }],
  };
  expect([...membersIn(filter)]).toEqual(['orgId', 'plan', 'b']);
});
