import { afterAll, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { createWorkplace, startStoreProcess, uriOf, type StoreProcess } from './store-process.ts';

/**
 * A store killed with -9 while four writers are at work must come back with every write it acknowledged. This shows what
 * a crash of the process loses, not a loss of power: test/system watches the order of flush and reply for that.
 */
const KILLS = 40;
const WRITERS = 4;
const workplace = createWorkplace();
let running: StoreProcess | undefined;

afterAll(async () => {
  await running?.kill();
  workplace.remove();
});

interface Written {
  _id: string;
  rev: number;
  pair: string;
}

/** Writes until the connection breaks; returns the last revision that was acknowledged for each document. */
async function writeUntilKilled(
  collection: mongo.Collection<Written>,
  prefix: string,
  acknowledged: Map<string, number>,
) {
  for (let at = 0; ; at++) {
    const _id = `${prefix}_${at}`;
    try {
      await collection.insertOne({ _id, rev: 0, pair: _id });
      acknowledged.set(_id, 0);
      const updated = await collection.updateOne(
        { _id, rev: 0 },
        { $inc: { rev: 1 }, $set: { pair: `${_id}!` } },
      );
      if (updated.modifiedCount === 1) acknowledged.set(_id, 1);
    } catch (error) {
      if (error instanceof mongo.MongoNetworkError || error instanceof mongo.MongoServerSelectionError)
        return;
      throw error;
    }
  }
}

async function missing(
  collection: mongo.Collection<Written>,
  acknowledged: Map<string, number>,
): Promise<string[]> {
  const lost: string[] = [];
  for (const [_id, rev] of acknowledged) {
    const [byId, byIndex] = await Promise.all([
      collection.findOne({ _id }),
      collection.findOne({ pair: rev === 1 ? `${_id}!` : { $in: [_id, `${_id}!`] } }),
    ]);
    if (byId === null || byId.rev < rev || byIndex?._id !== _id) lost.push(_id);
  }
  return lost;
}

test('loses no acknowledged write over 40 kills', async () => {
  let previous = new Map<string, number>();
  let total = 0;
  for (let round = 0; round <= KILLS; round++) {
    running = await startStoreProcess(workplace);
    const options = { retryWrites: false, heartbeatFrequencyMS: 60_000, serverSelectionTimeoutMS: 500 };
    const client = await new mongo.MongoClient(uriOf(workplace, running.port), options).connect();
    const collection = client.db().collection<Written>('written');
    if (round === 0) await collection.createIndexes([{ key: { pair: 1 }, unique: true }]);
    expect(await missing(collection, previous)).toEqual([]);
    total += previous.size;
    previous = new Map();
    if (round < KILLS) {
      const acknowledged = previous;
      const writers = Array.from({ length: WRITERS }, (_, writer) =>
        writeUntilKilled(collection, `r${round}_w${writer}`, acknowledged),
      );
      await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 120));
      await running.kill();
      await Promise.all(writers);
    } else {
      expect(await collection.countDocuments({})).toBeGreaterThanOrEqual(total);
    }
    await client.close();
  }
  expect(total).toBeGreaterThan(KILLS * WRITERS);
});
