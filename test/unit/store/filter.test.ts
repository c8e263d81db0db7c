import { describe, expect, test } from '@jest/globals';
import { Binary, Decimal128, Long, Timestamp } from 'bson';
import { compileFilter } from '../../../standalone/store/query/matcher.ts';
import { parseFilter } from '../../../standalone/store/query/parse-filter.ts';
import { literalPrefix } from '../../../standalone/store/query/parse-regex.ts';
import { decode, encode, type Doc } from '../../../standalone/store/values/bson-values.ts';

const matches = (filter: Doc, document: Doc): boolean => compileFilter(parseFilter(filter))(document);
const binary = (...bytes: number[]): Binary => new Binary(Buffer.from(bytes));

describe('a filter accepts', () => {
  test.each<[string, Doc, Doc]>([
    ['an equal value', { a: 1 }, { a: 1 }],
    ['an absent field as null', { a: null }, {}],
    ['a field that is absent in one document of an array', { 'a.b': null }, { a: [{ b: 1 }, {}] }],
    ['an absent field as >= null', { a: { $gte: null } }, {}],
    ['an absent field as <= null', { a: { $lte: null } }, { b: 1 }],
    ['an element of an array', { a: 2 }, { a: [1, 2] }],
    ['a whole array', { a: [1, 2] }, { a: [1, 2] }],
    ['a path through an array of documents', { 'a.b': 2 }, { a: [{ b: 1 }, { b: 2 }] }],
    ['a path by position', { 'a.1': 7 }, { a: [5, 7] }],
    ['equal bytes', { a: binary(0xff, 0xfe) }, { a: binary(0xff, 0xfe) }],
    ['an instant', { a: new Date(5) }, { a: new Date(5) }],
    ['two bounds met by two elements', { a: { $gt: 4, $lt: 2 } }, { a: [1, 5] }],
    ['a member of a list', { a: { $in: [1, null] } }, {}],
    ['a value outside a list', { a: { $nin: [1, 2] } }, { a: 3 }],
    ['another value', { a: { $ne: 1 } }, {}],
    ['an existing null', { a: { $exists: true } }, { a: null }],
    ['an absent field', { a: { $exists: false } }, {}],
    ['all of several elements', { a: { $all: [1, 2] } }, { a: [2, 3, 1] }],
    ['all of one value in a plain field', { a: { $all: [1] } }, { a: 1 }],
    ['a size', { a: { $size: 2 } }, { a: [1, 1] }],
    ['one element meeting several conditions', { a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [0, 2] }],
    [
      'one document meeting several conditions',
      { a: { $elemMatch: { b: 1, c: 2 } } },
      { a: [{ b: 1, c: 2 }] },
    ],
    ['a prefix', { a: { $regex: '^ab' } }, { a: 'abc' }],
    ['a case-insensitive text', { a: { $regex: 'AB', $options: 'i' } }, { a: 'xaby' }],
    ['what is not less', { a: { $not: { $lt: 5 } } }, { a: 5 }],
    ['one of two branches', { $or: [{ a: 1 }, { b: 1 }] }, { b: 1 }],
    ['neither of two branches', { $nor: [{ a: 1 }, { b: 1 }] }, { c: 1 }],
    ['both branches', { $and: [{ a: 1 }, { a: { $gt: 0 } }] }, { a: 1 }],
  ])('%s', (_, filter, document) => {
    expect(matches(filter, document)).toBe(true);
  });
});

describe('a filter rejects', () => {
  test.each<[string, Doc, Doc]>([
    ['a document with its fields in another order', { a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
    ['other bytes that would read as the same text', { a: binary(0xff) }, { a: binary(0xfe) }],
    ['a text for a number, however it compares', { a: { $gt: 1 } }, { a: '5' }],
    ['a number for a text', { a: { $lt: 'z' } }, { a: 1 }],
    ['an absent field as a number', { a: { $lt: 5 } }, {}],
    ['a null field that should be absent', { a: { $exists: false } }, { a: null }],
    ['an array missing one of all', { a: { $all: [1, 4] } }, { a: [1, 2] }],
    ['anything for an empty $all', { a: { $all: [] } }, { a: [] }],
    ['anything for an empty $in', { a: { $in: [] } }, { a: 1 }],
    ['conditions met by different elements only', { a: { $elemMatch: { $gt: 4, $lt: 2 } } }, { a: [1, 5] }],
    ['an array holding the forbidden value', { a: { $ne: 1 } }, { a: [1, 2] }],
    ['an absent document path that is there', { 'a.b': null }, { a: { b: 1 } }],
  ])('%s', (_, filter, document) => {
    expect(matches(filter, document)).toBe(false);
  });
});

describe('a filter is refused', () => {
  test.each<[string, unknown, number]>([
    ['that is no document', [], 14],
    ['with an unknown operator', { a: { $foo: 1 } }, 2],
    ['with an unknown operator beside a known one', { a: { $gt: 1, $foo: 1 } }, 2],
    ['that mixes fields and operators', { a: { b: 1, $gt: 1 } }, 2],
    ['with an unknown top level operator', { $foo: [] }, 2],
    ['with $where', { $where: 'true' }, 238],
    ['with $expr', { $expr: { $eq: ['$a', 1] } }, 238],
    ['with $jsonSchema', { $jsonSchema: {} }, 238],
    ['with $text', { $text: { $search: 'x' } }, 238],
    ['with $comment', { $comment: 'x' }, 238],
    ['with $mod', { a: { $mod: [2, 0] } }, 238],
    ['with $type', { a: { $type: 'string' } }, 238],
    ['with $bitsAllSet', { a: { $bitsAllSet: 1 } }, 238],
    ['with $near', { a: { $near: {} } }, 238],
    ['with an empty $or', { $or: [] }, 2],
    ['with $and of a document', { $and: { a: 1 } }, 2],
    ['with $or of values', { $or: [1] }, 14],
    ['with $in of a value', { a: { $in: 1 } }, 2],
    ['with $nin of a value', { a: { $nin: 'x' } }, 2],
    ['with $in of a regular expression', { a: { $in: [/x/] } }, 238],
    ['with $all of a value', { a: { $all: 1 } }, 2],
    ['with $exists of a number', { a: { $exists: 1 } }, 2],
    ['with a negative $size', { a: { $size: -1 } }, 2],
    ['with a fractional $size', { a: { $size: 1.5 } }, 2],
    ['with $elemMatch of a value', { a: { $elemMatch: 1 } }, 2],
    ['with $not of a value', { a: { $not: 1 } }, 2],
    ['with $not of a document without operators', { a: { $not: { b: 1 } } }, 2],
    ['with $regex of a number', { a: { $regex: 1 } }, 2],
    ['with $regex that does not compile', { a: { $regex: '(' } }, 2],
    ['with a $regex option that means something else here', { a: { $regex: 'x', $options: 'x' } }, 238],
    ['with $options alone', { a: { $options: 'i' } }, 2],
    ['with an overlong $regex', { a: { $regex: 'x'.repeat(501) } }, 2],
    ['with an operator inside an operand', { a: { $eq: { $gt: 1 } } }, 52],
    ['with an empty path part', { 'a..b': 1 }, 56],
    ['with a positional path', { 'a.$': 1 }, 238],
    ['with a dollar in a path', { 'a.$b': 1 }, 2],
    ['with a path into the prototype', { 'a.__proto__.b': 1 }, 2],
    ['with a 64-bit integer beyond 2^53', { a: Long.fromString('9007199254740993') }, 2],
    ['with a decimal', { a: Decimal128.fromString('1.5') }, 2],
    ['with a timestamp', { a: new Timestamp(1n) }, 2],
    ['with an undefined value', { a: undefined }, 2],
    ['with an invalid date', { a: new Date(NaN) }, 2],
  ])('%s', (_, filter, code) => {
    expect(() => parseFilter(filter)).toThrow(expect.objectContaining({ code }));
  });

  test('nested too deep', () => {
    const deep = Array.from({ length: 30 }).reduce<Doc>((inner) => ({ $and: [inner] }), { a: 1 });
    expect(() => parseFilter(deep)).toThrow('nested deeper');
  });
});

describe('a stored number', () => {
  test('equals a 64-bit integer of the same value', () => {
    const stored = decode(encode({ a: Long.fromNumber(5) }));
    expect(matches({ a: 5 }, stored)).toBe(true);
  });
});

describe('the prefix of a regular expression', () => {
  test.each<[RegExp, string | undefined]>([
    [/^abc/, 'abc'],
    [/^abc$/, 'abc'],
    [/^abc*/, 'ab'],
    [/^abc?/, 'ab'],
    [/^abc{0}/, 'ab'],
    [/^abc+/, 'abc'],
    [/^a\.b/, 'a.b'],
    [/^a.b/, 'a'],
    [/^ab|cd/, undefined],
    [/^ab/i, undefined],
    [/^ab/m, undefined],
    [/ab/, undefined],
    [/^\d/, undefined],
    [/^a\d/, 'a'],
  ])('%s', (regex, prefix) => {
    expect(literalPrefix(regex)).toBe(prefix);
  });
});
