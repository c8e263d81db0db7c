import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { startStore, type RunningStore } from '../../../standalone/store/start-store.ts';
import { createWorkplace } from './store-process.ts';

/** Through the real driver: what the store does not do is refused in words, and nothing is written. */
const workplace = createWorkplace();
let store: RunningStore;
let client: mongo.MongoClient;
let things: mongo.Collection<Record<string, unknown> & { _id: string }>;

beforeAll(async () => {
  store = await startStore({ folder: workplace.folder, port: 0, secret: workplace.secret });
  client = await new mongo.MongoClient(store.uri).connect();
  things = client.db().collection('things');
  await things.insertOne({ _id: 'one', a: 1 });
});

afterAll(async () => {
  expect(await things.find().toArray()).toEqual([{ _id: 'one', a: 1 }]);
  await client.close();
  await store.close();
  workplace.remove();
});

const run = (command: mongo.Document) => client.db().command(command);

describe('refused', () => {
  test.each<[string, () => Promise<unknown>, number]>([
    ['an unknown command', () => run({ frobnicate: 1 }), 59],
    ['mapReduce', () => run({ mapReduce: 'things' }), 59],
    ['distinct', () => things.distinct('a'), 59],
    ['estimatedDocumentCount', () => things.estimatedDocumentCount(), 59],
    ['an unknown option', () => run({ find: 'things', frobnicate: 1 }), 40415],
    ['a collation', () => things.find({}, { collation: { locale: 'de' } }).toArray(), 238],
    ['a hint', () => things.find({}, { hint: { a: 1 } }).toArray(), 238],
    ['skip', () => things.find().skip(5).toArray(), 238],
    ['a tailable cursor', () => things.find({}, { tailable: true }).toArray(), 238],
    ['allowDiskUse', () => things.find({}, { allowDiskUse: true }).toArray(), 238],
    ['a snapshot read', () => run({ find: 'things', readConcern: { level: 'snapshot' } }), 238],
    ['an unknown query operator', () => things.find({ a: { $foo: 1 } }).toArray(), 2],
    ['$where', () => things.find({ $where: 'true' }).toArray(), 238],
    ['a projection expression', () => things.find({}, { projection: { a: { $slice: 1 } } }).toArray(), 238],
    ['$lookup', () => things.aggregate([{ $lookup: {} }]).toArray(), 40324],
    ['$out', () => things.aggregate([{ $out: 'other' }]).toArray(), 40324],
    ['$facet', () => things.aggregate([{ $facet: {} }]).toArray(), 40324],
    [
      'an accumulator other than $sum',
      () => things.aggregate([{ $group: { _id: 1, n: { $avg: '$a' } } }]).toArray(),
      238,
    ],
    ['a stage with two names', () => things.aggregate([{ $match: {}, $limit: 1 }]).toArray(), 2],
    [
      'arrayFilters',
      () => things.updateOne({}, { $set: { 'a.$[x]': 1 } }, { arrayFilters: [{ x: 1 }] }),
      238,
    ],
    ['an update pipeline', () => things.updateOne({}, [{ $set: { a: 2 } }]), 238],
    ['a positional update', () => things.updateOne({ a: 1 }, { $set: { 'b.$': 1 } }), 238],
    ['an unknown update operator', () => things.updateOne({}, { $foo: { a: 1 } }), 9],
    [
      '$inc on a text',
      () => things.findOneAndUpdate({ _id: 'one' }, { $inc: { _id: 1 } } as mongo.Document),
      14,
    ],
    ['$set through a number', () => things.findOneAndUpdate({ _id: 'one' }, { $set: { 'a.b': 1 } }), 28],
    ['another _id', () => things.updateOne({ _id: 'one' }, { $set: { _id: 'two' } }), 66],
    [
      'an upsert over what is there',
      () => things.updateOne({ _id: 'one', a: 9 }, { $set: { b: 1 } }, { upsert: true }),
      11000,
    ],
    ['an _id that is an array', () => things.insertOne({ _id: [1] as unknown as string }), 53],
    ['an _id too long to index', () => things.insertOne({ _id: 'x'.repeat(2000) }), 17280],
    ['a dollar in a field name', () => things.insertOne({ _id: 'two', a: { $b: 1 } }), 52],
    ['a dot in a field name', () => things.insertOne({ _id: 'two', 'a.b': 1 }), 57],
    ['an integer beyond 2^53', () => things.insertOne({ _id: 'two', a: mongo.Long.MAX_VALUE }), 2],
    ['a decimal', () => things.insertOne({ _id: 'two', a: mongo.Decimal128.fromString('1') }), 2],
    [
      'an index that expires documents',
      () => things.createIndexes([{ key: { a: 1 }, expireAfterSeconds: 5 }]),
      238,
    ],
    [
      'an index over some documents',
      () => things.createIndexes([{ key: { a: 1 }, partialFilterExpression: { a: 1 } }]),
      238,
    ],
    ['a sparse index', () => things.createIndexes([{ key: { a: 1 }, sparse: true }]), 238],
    ['a text index', () => things.createIndexes([{ key: { a: 'text' } }]), 238],
    [
      'an index with an unknown option',
      () => run({ createIndexes: 'things', indexes: [{ key: { a: 1 }, name: 'a', foo: 1 }] }),
      40415,
    ],
    [
      'a capped collection',
      () => client.db().createCollection('capped', { capped: true, size: 1000 }),
      40415,
    ],
    ['a collection of the system', () => client.db().collection('system.users').find().toArray(), 73],
    ['a session id', () => run({ find: 'things', lsid: { id: 1 } }), 238],
    [
      'a transaction',
      () => run({ insert: 'things', documents: [{ _id: 'two' }], txnNumber: mongo.Long.ONE }),
      238,
    ],
    [
      'a write concern of two servers',
      () => things.insertOne({ _id: 'two' }, { writeConcern: { w: 2 } }),
      238,
    ],
    [
      'a cursor that is not open',
      () => run({ getMore: mongo.Long.fromNumber(77), collection: 'things' }),
      43,
    ],
  ])('%s', async (_, attempt, code) => {
    await expect(attempt()).rejects.toMatchObject({ code });
  });

  test('sessions and transactions, by the driver itself', async () => {
    const session = client.startSession();
    await expect(
      session.withTransaction(() => things.insertOne({ _id: 'two' }, { session })),
    ).rejects.toThrow();
    await session.endSession();
  });

  test('a plain error leaves its connection usable', async () => {
    await expect(run({ frobnicate: 1 })).rejects.toThrow("no such command: 'frobnicate'");
    expect(await run({ ping: 1 })).toEqual({ ok: 1 });
  });
});
