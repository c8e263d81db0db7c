import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose, { Schema, mongo } from 'mongoose';
import { startStore, type RunningStore } from '../../../standalone/store/start-store.ts';
import { createWorkplace } from './store-process.ts';

const workplace = createWorkplace();
let store: RunningStore;
let connection: mongoose.Connection;

interface Case {
  _id: string;
  orgId: string;
  rev: number;
  state?: string;
  dueAt?: Date;
  tags: string[];
  steps: { key: string; at: number }[];
  bytes?: Buffer;
  number?: string;
}

const schema = new Schema(
  {
    _id: String,
    orgId: String,
    rev: Number,
    state: String,
    dueAt: Date,
    tags: [String],
    steps: [new Schema({ key: String, at: Number }, { _id: false })],
    bytes: Buffer,
    number: String,
  },
  { strict: 'throw', versionKey: false },
);
schema.index({ orgId: 1, state: 1, dueAt: 1 });
schema.index({ orgId: 1, number: 1 }, { unique: true });
schema.index({ orgId: 1, tags: 1 });

let Cases: mongoose.Model<Case>;

beforeAll(async () => {
  store = await startStore({ folder: workplace.folder, port: 0, secret: workplace.secret });
  connection = await mongoose.createConnection(store.uri).asPromise();
  Cases = connection.model<Case>('Case', schema as unknown as Schema<Case>);
  await Cases.init();
  await Cases.insertMany(
    Array.from({ length: 300 }, (_, at) => ({
      _id: `case_${String(at).padStart(3, '0')}`,
      orgId: 'org',
      rev: 0,
      state: at % 3 === 0 ? 'held' : 'running',
      dueAt: new Date(1000 * ((at * 7) % 300)),
      tags: [`t${at % 5}`, 'all'],
      steps: [{ key: 'disable', at }],
      number: `N${at}`,
    })),
    { throwOnValidationError: true },
  );
});

afterAll(async () => {
  await connection.close();
  await store.close();
  workplace.remove();
});

describe('mongoose with its default options', () => {
  test('creates its indexes and finds them again', async () => {
    const names = ((await Cases.listIndexes()) as { name: string }[]).map((index) => index.name);
    expect(names).toEqual(['_id_', 'orgId_1_state_1_dueAt_1', 'orgId_1_number_1', 'orgId_1_tags_1']);
    await expect(Cases.createIndexes()).resolves.not.toThrow();
  });

  test('pages by range on an indexed key', async () => {
    const seen: string[] = [];
    let last = new Date(-1);
    for (;;) {
      const page = await connection
        .collection<Case>('cases')
        .find({ orgId: 'org', state: 'running', dueAt: { $gt: last } })
        .sort({ dueAt: 1 })
        .limit(37)
        .toArray();
      if (page.length === 0) break;
      seen.push(...page.map((one) => one._id));
      last = new Date(Number(page.at(-1)?.dueAt));
    }
    expect(new Set(seen).size).toBe(200);
    expect(seen).toHaveLength(200);
  });

  test('reads backwards, through arrays, by prefix and by count', async () => {
    const [latest] = await Cases.find({ orgId: 'org' }).sort({ dueAt: -1 }).limit(1).lean();
    expect(latest?.dueAt).toEqual(new Date(299_000));
    expect(await Cases.countDocuments({ orgId: 'org', tags: 't3' })).toBe(60);
    expect(await Cases.countDocuments({ orgId: 'org', tags: { $all: ['t3', 'all'] } })).toBe(60);
    expect(await Cases.countDocuments({ orgId: 'org', number: { $regex: '^N29' } })).toBe(11);
    expect(await Cases.countDocuments({ 'steps.at': { $lt: 10 } })).toBe(10);
    expect(await Cases.countDocuments({ $or: [{ _id: 'case_001' }, { orgId: 'org', number: 'N2' }] })).toBe(
      2,
    );
    expect(await Cases.findOne({ _id: 'case_001' }, { orgId: 1 }).lean()).toEqual({
      _id: 'case_001',
      orgId: 'org',
    });
  });

  test('walks a cursor over many batches, each document once, while others are written', async () => {
    const seen = new Set<string>();
    for await (const one of Cases.find({ orgId: 'org', tags: 'all' }).lean().cursor({ batchSize: 25 })) {
      expect(seen.has(one._id)).toBe(false);
      seen.add(one._id);
      if (seen.size === 50)
        await Cases.updateMany({ orgId: 'org', tags: 't1' }, { $push: { tags: 'moved' } });
    }
    expect(seen.size).toBe(300);
  });

  test('changes a document only at the revision it was read', async () => {
    const update = {
      $set: { state: 'paused' },
      $inc: { rev: 1 },
      $push: { steps: { key: 'pause', at: 1 } },
      $pull: { tags: 't1' },
    };
    const changed = await Cases.findOneAndUpdate({ _id: 'case_001', rev: 0 }, update, {
      returnDocument: 'after',
    }).lean();
    expect(changed).toMatchObject({ rev: 1, state: 'paused', steps: [{ key: 'disable' }, { key: 'pause' }] });
    expect(changed?.tags).not.toContain('t1');
    expect(await Cases.findOneAndUpdate({ _id: 'case_001', rev: 0 }, update).lean()).toBeNull();
    expect(await Cases.countDocuments({ orgId: 'org', state: 'paused' })).toBe(1);
  });

  test('upserts once', async () => {
    const upsert = () =>
      Cases.findOneAndUpdate(
        { _id: 'made', orgId: 'org' },
        { $setOnInsert: { number: 'made' }, $inc: { rev: 1 } },
        { upsert: true, returnDocument: 'after' },
      ).lean();
    expect(await upsert()).toMatchObject({ rev: 1, number: 'made' });
    expect(await upsert()).toMatchObject({ rev: 2, number: 'made' });
  });

  test('takes the first in the wanted order', async () => {
    const first = await Cases.findOneAndUpdate(
      { orgId: 'org', state: 'held' },
      { $set: { state: 'taken' } },
      { sort: { dueAt: -1 }, returnDocument: 'after' },
    ).lean();
    const left = await Cases.find({ orgId: 'org', state: 'held' }).sort({ dueAt: -1 }).limit(1).lean();
    expect(first?.dueAt?.getTime()).toBeGreaterThan(left[0]?.dueAt?.getTime() ?? Infinity);
    expect(await Cases.findOneAndDelete({ _id: first?._id ?? '' }).lean()).toMatchObject({ state: 'taken' });
  });

  test('reports a duplicate with its key and its values', async () => {
    await expect(Cases.create({ _id: 'case_002', orgId: 'org', number: 'X' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 'case_002' },
    });
    await expect(Cases.create({ _id: 'other', orgId: 'org', number: 'N7' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { orgId: 1, number: 1 },
      keyValue: { orgId: 'org', number: 'N7' },
    });
    await expect(Cases.updateOne({ _id: 'case_008' }, { $set: { number: 'N7' } })).rejects.toMatchObject({
      code: 11000,
    });
    expect(await Cases.findById('case_008').lean()).toMatchObject({ number: 'N8' });
  });

  test('leaves no document changed when one of many cannot be', async () => {
    await expect(
      Cases.updateMany({ orgId: 'org', state: 'running' }, { $set: { number: 'same', rev: 50 } }),
    ).rejects.toMatchObject({ code: 11000 });
    expect(await Cases.countDocuments({ rev: 50 })).toBe(0);
    expect(await Cases.countDocuments({ orgId: 'org', number: 'same' })).toBe(0);
  });

  test('stops an ordered insert at the duplicate and goes on with an unordered one', async () => {
    const documents = ['a', 'case_003', 'b'].map((_id) => ({ _id, orgId: 'other', number: _id }));
    const raw = connection.collection<Case>('cases');
    await expect(raw.insertMany(documents as Case[])).rejects.toMatchObject({
      code: 11000,
      insertedCount: 1,
    });
    await expect(
      raw.insertMany(
        [
          { ...documents[1], _id: 'case_003' },
          { ...documents[2], _id: 'b' },
        ] as Case[],
        { ordered: false },
      ),
    ).rejects.toMatchObject({ code: 11000, insertedCount: 1 });
    expect(await Cases.countDocuments({ orgId: 'other' })).toBe(2);
    expect((await Cases.deleteMany({ orgId: 'other' })).deletedCount).toBe(2);
  });

  test('keeps a few megabytes as they are', async () => {
    const bytes = Buffer.alloc(5 * 1024 * 1024, 0xfe);
    await Cases.create({ _id: 'large', orgId: 'large', number: '1', bytes });
    const found = await Cases.findById('large').lean();
    expect(Buffer.from((found?.bytes as unknown as mongo.Binary).buffer).equals(bytes)).toBe(true);
    await expect(
      connection
        .collection<Case>('cases')
        .updateOne({ _id: 'large' }, { $set: { state: 'x'.repeat(12 * 1024 * 1024) } }),
    ).rejects.toMatchObject({ code: 10334 });
    await Cases.deleteOne({ _id: 'large' });
  });

  test('counts by group', async () => {
    const groups = await Cases.aggregate<{ _id: string; n: number }>([
      { $match: { orgId: 'org', number: { $regex: '^N' } } },
      { $group: { _id: '$orgId', n: { $sum: 1 } } },
      { $sort: { n: -1 } },
      { $limit: 5 },
    ]);
    expect(groups).toEqual([{ _id: 'org', n: 299 }]);
  });

  test('saves a changed document and drops a collection', async () => {
    const one = await Cases.findById('case_010').orFail();
    one.tags.push('saved');
    await one.save();
    expect(await Cases.findOne({ orgId: 'org', tags: 'saved' }).lean()).toMatchObject({ _id: 'case_010' });
    await connection.dropCollection('cases');
    expect(await Cases.countDocuments({})).toBe(0);
    expect(await connection.db?.listCollections().toArray()).toEqual([]);
  });
});

describe('after a restart', () => {
  test('documents and indexes are there again', async () => {
    const other = createWorkplace();
    const options = { folder: other.folder, port: 0, secret: other.secret };
    const first = await startStore(options);
    const before = await new mongo.MongoClient(first.uri).connect();
    await before
      .db()
      .collection('kept')
      .createIndexes([{ key: { n: 1 }, unique: true }]);
    await before.db().collection('kept').insertOne({ n: 1 });
    await before.close();
    await first.close();
    const second = await startStore(options);
    const after = await new mongo.MongoClient(second.uri).connect();
    expect(await after.db().collection('kept').countDocuments({ n: 1 })).toBe(1);
    await expect(after.db().collection('kept').insertOne({ n: 1 })).rejects.toMatchObject({ code: 11000 });
    await after.close();
    await second.close();
    other.remove();
  });
});
