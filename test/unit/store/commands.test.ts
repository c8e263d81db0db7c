import { describe, expect, test } from '@jest/globals';
import { parseIndex } from '../../../standalone/store/commands/parse-index.ts';
import {
  READ_CONCERN,
  WRITE_CONCERN,
  checkOptions,
  isBoolean,
} from '../../../standalone/store/commands/options.ts';
import { createGroup } from '../../../standalone/store/query/group.ts';
import { parseProjection } from '../../../standalone/store/query/projection.ts';
import { parseSort } from '../../../standalone/store/query/parse-sort.ts';
import { decode, encode, type Doc } from '../../../standalone/store/values/bson-values.ts';
import { createFrameReader } from '../../../standalone/store/wire/frame-reader.ts';

const code = (expected: number) => expect.objectContaining({ code: expected });

describe('a command option', () => {
  test.each<[string, Doc, number]>([
    ['nobody knows', { frobnicate: 1 }, 40415],
    ['of MongoDB that is not honoured here', { collation: { locale: 'de' } }, 238],
    ['of a session', { lsid: {} }, 238],
    ['of a transaction', { txnNumber: 1 }, 238],
    ['of the wrong type', { flag: 1 }, 14],
    ['named like something every object has', { constructor: 1 }, 40415],
  ])('%s is refused', (_, options, expected) => {
    expect(() => checkOptions('find', { find: 'c', ...options }, { flag: isBoolean })).toThrow(
      code(expected),
    );
  });

  test.each([{ w: 0 }, { w: 2 }, { w: 'dc' }, { w: 1, foo: 1 }])(
    'the write concern %j is refused',
    (concern) => {
      expect(() => WRITE_CONCERN(concern, 'writeConcern')).toThrow();
    },
  );

  test.each([{ level: 'linearizable' }, { level: 'snapshot' }, { afterClusterTime: 1 }])(
    'the read concern %j is refused',
    (concern) => {
      expect(() => READ_CONCERN(concern, 'readConcern')).toThrow();
    },
  );
});

describe('an index', () => {
  test.each<[string, Doc, number]>([
    ['that expires documents', { key: { a: 1 }, name: 'n', expireAfterSeconds: 1 }, 238],
    ['over some documents', { key: { a: 1 }, name: 'n', partialFilterExpression: {} }, 238],
    ['that skips documents', { key: { a: 1 }, name: 'n', sparse: true }, 238],
    ['with a collation', { key: { a: 1 }, name: 'n', collation: {} }, 238],
    ['for text', { key: { a: 'text' }, name: 'n' }, 238],
    ['by hash', { key: { a: 'hashed' }, name: 'n' }, 238],
    ['with an unknown option', { key: { a: 1 }, name: 'n', foo: 1 }, 40415],
    ['without a direction', { key: { a: 0 }, name: 'n' }, 67],
    ['without a key', { key: {}, name: 'n' }, 67],
    ['without a name', { key: { a: 1 } }, 67],
    ['of all fields', { key: { '$**': 1 }, name: 'n' }, 2],
  ])('%s is refused', (_, spec, expected) => {
    expect(() => parseIndex(spec)).toThrow(code(expected));
  });
});

describe('a projection', () => {
  const project = (projection: Doc, document: Doc): Doc =>
    decode(parseProjection(projection)?.(encode(document)) ?? encode(document));
  const document = { _id: 1, a: { b: 1, c: 2 }, d: [{ e: 1, f: 2 }, 5], g: 3 };

  test.each<[string, Doc, Doc]>([
    ['includes', { a: 1 }, { _id: 1, a: { b: 1, c: 2 } }],
    ['includes a part', { 'a.b': 1, _id: 0 }, { a: { b: 1 } }],
    ['includes parts of an array of documents', { 'd.e': 1 }, { _id: 1, d: [{ e: 1 }] }],
    ['excludes', { d: 0, g: 0 }, { _id: 1, a: { b: 1, c: 2 } }],
    ['excludes a part', { 'a.b': 0, d: 0 }, { _id: 1, a: { c: 2 }, g: 3 }],
    ['excludes parts of an array of documents', { 'd.e': 0, a: 0 }, { _id: 1, d: [{ f: 2 }, 5], g: 3 }],
    ['shows the _id alone', { _id: 1 }, { _id: 1 }],
    ['hides the _id alone', { _id: 0 }, { a: { b: 1, c: 2 }, d: [{ e: 1, f: 2 }, 5], g: 3 }],
  ])('%s', (_, projection, expected) => {
    expect(project(projection, document)).toEqual(expected);
  });

  test.each<[Doc, number]>([
    [{ a: 1, b: 0 }, 2],
    [{ a: { $slice: 1 } }, 238],
    [{ a: '$b' }, 238],
    [{ a: null }, 2],
    [{ a: 1, 'a.b': 1 }, 2],
    [{ 'a.$': 1 }, 238],
  ])('%j is refused', (projection, expected) => {
    expect(() => parseProjection(projection)).toThrow(code(expected));
  });
});

describe('a sort', () => {
  test.each<[unknown, number]>([
    [5, 14],
    [{ a: 0 }, 2],
    [{ a: 'asc' }, 2],
    [{ a: { $meta: 'textScore' } }, 238],
    [{ 'a.$': 1 }, 238],
  ])('%j is refused', (sort, expected) => {
    expect(() => parseSort(sort)).toThrow(code(expected));
  });
});

describe('a group', () => {
  const group = (spec: Doc, documents: Doc[]): Doc[] => {
    const stage = createGroup(spec);
    documents.forEach((document) => stage.add(document));
    return stage.results();
  };

  test('sums constants and fields, ignoring what is no number', () => {
    const documents = [{ k: 'a', n: 2 }, { k: 'a', n: 'x' }, { k: 'b' }];
    expect(group({ _id: '$k', count: { $sum: 1 }, total: { $sum: '$n' } }, documents)).toEqual([
      { _id: 'a', count: 2, total: 2 },
      { _id: 'b', count: 1, total: 0 },
    ]);
  });

  test('groups by several fields', () => {
    const found = group({ _id: { k: '$k', l: '$l' }, n: { $sum: 1 } }, [
      { k: 1, l: 2 },
      { k: 1, l: 2 },
      { k: 1 },
    ]);
    expect(found).toEqual([
      { _id: { k: 1, l: 2 }, n: 2 },
      { _id: { k: 1 }, n: 1 },
    ]);
  });

  test.each<[Doc, number]>([
    [{ n: { $sum: 1 } }, 2],
    [{ _id: null, n: { $avg: '$a' } }, 238],
    [{ _id: null, n: { $sum: { $add: [1, 2] } } }, 238],
    [{ _id: null, n: { $sum: 1, $max: 1 } }, 2],
    [{ _id: null, n: 1 }, 2],
    [{ _id: { $toUpper: '$a' } }, 238],
    [{ _id: '$$ROOT' }, 238],
  ])('%j is refused', (spec, expected) => {
    expect(() => createGroup(spec)).toThrow(code(expected));
  });
});

describe('the frame reader', () => {
  const message = (size: number): Buffer => {
    const bytes = Buffer.alloc(size, size);
    bytes.writeInt32LE(size);
    return bytes;
  };

  test('cuts messages however the stream was chunked', () => {
    const stream = Buffer.concat([message(16), message(40), message(17)]);
    for (const step of [1, 3, 16, 50, 73]) {
      const reader = createFrameReader();
      const found: number[] = [];
      for (let at = 0; at < stream.length; at += step) {
        found.push(...reader.push(stream.subarray(at, at + step), 1000).map((one) => one.length));
      }
      expect(found).toEqual([16, 40, 17]);
    }
  });

  test.each([0, 15, -1, 1001])('refuses a message of %i bytes', (size) => {
    const header = Buffer.alloc(4);
    header.writeInt32LE(size);
    expect(() => createFrameReader().push(header, 1000)).toThrow('is not accepted');
  });
});
