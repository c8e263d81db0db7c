import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { Registry } from 'prom-client';
import { addStoreGauges, createStoreMetrics } from '../../../standalone/store/store-metrics.ts';
import { startStore, type RunningStore } from '../../../standalone/store/start-store.ts';
import { createWorkplace } from './store-process.ts';

const workplace = createWorkplace();
const registry = new Registry();
let store: RunningStore;
let client: mongo.MongoClient;
let ships: mongo.Collection<{ _id: string; state: string; tags?: string[] }>;

beforeAll(async () => {
  const observer = createStoreMetrics(registry);
  store = await startStore({ folder: workplace.folder, port: 0, secret: workplace.secret, observer });
  addStoreGauges(registry, store);
  client = await mongo.MongoClient.connect(store.uri);
  ships = client.db('harbour').collection('ships');
  await ships.createIndexes([{ key: { state: 1 } }]);
  await ships.insertMany(
    Array.from({ length: 30 }, (_, n) => ({ _id: `s${n}`, state: n < 20 ? 'moored' : 'at sea' })),
  );
});

afterAll(async () => {
  await client.close();
  await store.close();
  workplace.remove();
});

describe('a count', () => {
  test('is the same from an index as from the documents', async () => {
    expect(await ships.countDocuments({ state: 'moored' })).toBe(20);
    expect(await ships.countDocuments({ state: { $in: ['moored', 'at sea', 'sunk'] } })).toBe(30);
    expect(await ships.countDocuments({ state: 'sunk' })).toBe(0);
    expect(await ships.countDocuments({})).toBe(30);
    // Not in the index: the documents are read.
    expect(await ships.countDocuments({ state: 'moored', _id: { $gt: 's1' } })).toBe(18);
    expect(await ships.countDocuments({ state: 'moored' }, { limit: 7 })).toBe(7);
  });

  test('follows every write', async () => {
    await ships.updateOne({ _id: 's0' }, { $set: { state: 'at sea' } });
    await ships.deleteOne({ _id: 's1' });
    expect(await ships.countDocuments({ state: 'moored' })).toBe(18);
    expect(await ships.countDocuments({})).toBe(29);
    await ships.insertOne({ _id: 's1', state: 'moored' });
    await ships.updateOne({ _id: 's0' }, { $set: { state: 'moored' } });
  });
});

describe('the figures of the store', () => {
  test('tell documents by collection, connections and the size of the file', async () => {
    expect(store.countDocuments()).toEqual(new Map([['harbour.ships', 30]]));
    expect(store.figures().connections).toBeGreaterThan(0);
    expect(store.figures().fileBytes).toBeGreaterThan(4_096);
    const text = await registry.metrics();
    expect(text).toContain('gangway_store_documents{collection="harbour.ships"} 30\n');
    expect(text).toMatch(/^gangway_store_connections [1-9]/mu);
    expect(text).toContain('gangway_store_cursors 0\n');
  });

  test('count commands by how they end, and never by a name that somebody made up', async () => {
    await expect(client.db('harbour').command({ canaryCommand: 1 })).rejects.toThrow('no such command');
    const text = await registry.metrics();
    expect(text).toContain('gangway_store_commands_total{command="unknown",outcome="refused"} 1\n');
    expect(text).toContain('gangway_store_commands_total{command="insert",outcome="ok"} 2\n');
    expect(text).toContain('gangway_store_command_duration_seconds_count{command="insert"} 2\n');
    expect(text).not.toContain('canary');
  });

  test('count every flush, with the commands that shared it', async () => {
    const flushes = async (): Promise<number> => {
      const text = await registry.metrics();
      const [, count] = /^gangway_store_flush_duration_seconds_count (\d+)/mu.exec(text) ?? [];
      const [, commands] = /^gangway_store_batch_commands_sum (\d+)/mu.exec(text) ?? [];
      expect(Number(commands)).toBeGreaterThanOrEqual(Number(count));
      return Number(count);
    };
    const before = await flushes();
    await ships.updateOne({ _id: 's5' }, { $set: { tags: ['a'] } });
    expect(await flushes()).toBe(before + 1);
  });
});
