import { describe, expect, test } from '@jest/globals';
import { Decimal128, Long } from 'bson';
import { parseFilter } from '../../../standalone/store/query/parse-filter.ts';
import { applyUpdate, buildUpsert } from '../../../standalone/store/update/apply-update.ts';
import { parseUpdate } from '../../../standalone/store/update/parse-update.ts';
import type { Doc } from '../../../standalone/store/values/bson-values.ts';

const apply = (document: Doc, update: unknown): Doc =>
  applyUpdate({ _id: 'x', ...document }, parseUpdate(update));
const code = (expected: number) => expect.objectContaining({ code: expected });

describe('an update', () => {
  test.each<[string, Doc, Doc, Doc]>([
    ['sets a field', { a: 1 }, { $set: { a: 2, b: 3 } }, { a: 2, b: 3 }],
    ['sets inside documents that are not there yet', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    ['sets an element by position', { a: [1, 2] }, { $set: { 'a.1': 5 } }, { a: [1, 5] }],
    ['fills up an array with nulls', { a: [1] }, { $set: { 'a.3': 5 } }, { a: [1, null, null, 5] }],
    ['takes a field away', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
    ['takes nothing away behind a plain value', { a: 1 }, { $unset: { 'a.b': '' } }, { a: 1 }],
    [
      'empties an element instead of moving the others',
      { a: [1, 2] },
      { $unset: { 'a.0': '' } },
      { a: [null, 2] },
    ],
    ['counts', { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
    ['keeps the smaller', { a: 5, b: 1 }, { $min: { a: 3, b: 3, c: 3 } }, { a: 3, b: 1, c: 3 }],
    ['keeps the greater', { a: 5, b: 1 }, { $max: { a: 3, b: 3, c: 3 } }, { a: 5, b: 3, c: 3 }],
    ['compares across types as BSON orders them', { a: 5 }, { $max: { a: 'text' } }, { a: 'text' }],
    ['appends', { a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
    ['appends an array as one element', { a: [] }, { $push: { a: [1] } }, { a: [[1]] }],
    ['appends several', { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
    ['inserts at a position', { a: [1] }, { $push: { a: { $each: [2], $position: 0 } } }, { a: [2, 1] }],
    ['keeps the last of them', { a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } }, { a: [2, 3] }],
    ['keeps the first of them', { a: [1, 2] }, { $push: { a: { $each: [3], $slice: 2 } } }, { a: [1, 2] }],
    ['keeps none of them', { a: [1, 2] }, { $push: { a: { $each: [3], $slice: 0 } } }, { a: [] }],
    ['adds only what is missing', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
    [
      'takes other field order for another member',
      { a: [{ x: 1, y: 1 }] },
      { $addToSet: { a: { y: 1, x: 1 } } },
      {
        a: [
          { x: 1, y: 1 },
          { y: 1, x: 1 },
        ],
      },
    ],
    ['pulls equals', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
    ['pulls by condition', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    ['pulls documents', { a: [{ k: 1 }, { k: 2 }] }, { $pull: { a: { k: 1 } } }, { a: [{ k: 2 }] }],
    ['pulls nothing from an absent field', {}, { $pull: { a: 1 } }, {}],
    ['leaves $setOnInsert out when nothing is inserted', { a: 1 }, { $setOnInsert: { b: 1 } }, { a: 1 }],
    ['replaces all but the _id', { a: 1 }, { b: 2 }, { b: 2 }],
  ])('%s', (_, document, update, expected) => {
    expect(apply(document, update)).toEqual({ _id: 'x', ...expected });
  });
});

describe('an update is refused before any document is read', () => {
  test.each<[string, unknown, number]>([
    ['as a pipeline', [{ $set: { a: 1 } }], 238],
    ['as a value', 5, 9],
    ['with an unknown operator', { $foo: { a: 1 } }, 9],
    ['mixing operators and fields', { $set: { a: 1 }, b: 1 }, 9],
    ['with $mul', { $mul: { a: 2 } }, 238],
    ['with $rename', { $rename: { a: 'b' } }, 238],
    ['with $pop', { $pop: { a: 1 } }, 238],
    ['with $pullAll', { $pullAll: { a: [1] } }, 238],
    ['with $currentDate', { $currentDate: { a: true } }, 238],
    ['with $bit', { $bit: { a: { and: 1 } } }, 238],
    ['with an operator of a value', { $set: 5 }, 9],
    ['with $inc by a text', { $inc: { a: '1' } }, 14],
    ['with $inc by null', { $inc: { a: null } }, 14],
    ['with $inc by infinity', { $inc: { a: Infinity } }, 14],
    ['with $inc beyond 2^53', { $inc: { a: Long.MAX_VALUE } }, 14],
    ['with $set of a decimal', { $set: { a: Decimal128.fromString('1') } }, 2],
    ['with $set of an operator', { $set: { a: { $gt: 1 } } }, 52],
    ['with $set of an undefined value', { $set: { a: undefined } }, 2],
    ['with an unknown modifier of $push', { $push: { a: { $each: [1], $foo: 1 } } }, 2],
    ['with a modifier of $push without $each', { $push: { a: { $slice: 1 } } }, 14],
    ['with $push $each of a value', { $push: { a: { $each: 1 } } }, 14],
    ['with $push $sort', { $push: { a: { $each: [1], $sort: 1 } } }, 238],
    ['with a fractional $slice', { $push: { a: { $each: [1], $slice: 0.5 } } }, 2],
    ['with a fractional $position', { $push: { a: { $each: [1], $position: 0.5 } } }, 2],
    ['with an unknown modifier of $addToSet', { $addToSet: { a: { $each: [1], $slice: 1 } } }, 2],
    ['with $addToSet $each of a value', { $addToSet: { a: { $each: 1 } } }, 14],
    ['with an unknown operator in $pull', { $pull: { a: { $foo: 1 } } }, 2],
    ['with a positional path', { $set: { 'a.$.b': 1 } }, 238],
    ['with a filtered positional path', { $set: { 'a.$[x].b': 1 } }, 238],
    ['with an empty path part', { $set: { 'a.': 1 } }, 56],
    ['with a path into the prototype', { $set: { '__proto__.x': 1 } }, 2],
    ['naming a path twice', { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['naming a path and a part of it', { $set: { a: {} }, $inc: { 'a.b': 1 } }, 40],
  ])('%s', (_, update, expected) => {
    expect(() => parseUpdate(update)).toThrow(code(expected));
  });
});

describe('an update is refused by its target', () => {
  test.each<[string, Doc, Doc, number]>([
    ['$inc on a text', { a: 'x' }, { $inc: { a: 1 } }, 14],
    ['$inc on null', { a: null }, { $inc: { a: 1 } }, 14],
    ['$inc past 2^53', { a: Number.MAX_SAFE_INTEGER }, { $inc: { a: 1 } }, 2],
    ['$push on a text', { a: 'x' }, { $push: { a: 1 } }, 2],
    ['$addToSet on a number', { a: 1 }, { $addToSet: { a: 1 } }, 2],
    ['$pull on a text', { a: 'x' }, { $pull: { a: 1 } }, 2],
    ['$set through a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
    ['$set through null', { a: null }, { $set: { 'a.b': 1 } }, 28],
    ['$set of a named field in an array', { a: [] }, { $set: { 'a.b': 1 } }, 28],
    ['$set far behind the end of an array', { a: [] }, { $set: { 'a.5000': 1 } }, 2],
    ['another _id', {}, { $set: { _id: 'y' } }, 66],
    ['no _id', {}, { $unset: { _id: '' } }, 66],
    ['another _id by replacement', {}, { _id: 'y', a: 1 }, 66],
  ])('%s', (_, document, update, expected) => {
    expect(() => apply(document, update)).toThrow(code(expected));
  });
});

describe('an upsert', () => {
  const upsert = (filter: Doc, update: Doc): Doc =>
    buildUpsert(parseFilter(filter), parseUpdate(update), () => 'made');

  test('starts from the equalities of the filter and includes $setOnInsert', () => {
    const filter = { _id: 'k', orgId: 'o', n: { $gt: 5 }, $and: [{ 'a.b': 1 }] };
    const update = { $setOnInsert: { c: 1 }, $inc: { rev: 1 } };
    expect(upsert(filter, update)).toEqual({ _id: 'k', orgId: 'o', a: { b: 1 }, c: 1, rev: 1 });
  });

  test('makes an _id where nobody chose one', () => {
    expect(upsert({ a: 1 }, { $set: { b: 1 } })).toEqual({ _id: 'made', a: 1, b: 1 });
  });

  test('inserts a replacement under the _id of the filter', () => {
    expect(upsert({ _id: 'k', a: 1 }, { b: 1 })).toEqual({ _id: 'k', b: 1 });
  });

  test('refuses an _id other than the one asked for', () => {
    expect(() => upsert({ _id: 'k' }, { $set: { _id: 'l' } })).toThrow(code(66));
    expect(() => upsert({ _id: 'k' }, { _id: 'l' })).toThrow(code(66));
  });
});
