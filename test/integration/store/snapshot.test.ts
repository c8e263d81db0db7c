import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { startStore, type RunningStore } from '../../../standalone/store/start-store.ts';
import { eventually } from '../../support/installation.ts';
import { createWorkplace } from './store-process.ts';

/* A copy that is made while many write: what it holds, and what it may not miss. */
const WRITERS = 16;

const workplace = createWorkplace();
const elsewhere = mkdtempSync(join(tmpdir(), 'gangway-copy-'));
let store: RunningStore;
let client: mongo.MongoClient;
let collection: mongo.Collection<{ _id: string; text: string }>;

beforeAll(async () => {
  store = await startStore({ folder: workplace.folder, port: 0, secret: workplace.secret });
  client = await new mongo.MongoClient(store.uri).connect();
  collection = client.db().collection('letters');
});

afterAll(async () => {
  await client.close();
  await store.close();
  workplace.remove();
  rmSync(elsewhere, { recursive: true, force: true });
});

async function readCopy(copy: string, name: string): Promise<readonly string[]> {
  const folder = join(elsewhere, name);
  mkdirSync(folder);
  renameSync(copy, join(folder, 'data'));
  const opened = await startStore({ folder, port: 0, secret: workplace.secret });
  const reader = await new mongo.MongoClient(opened.uri).connect();
  const found = await reader.db().collection<{ _id: string }>('letters').find({}).toArray();
  await reader.close();
  await opened.close();
  return found.map(({ _id }) => _id);
}

test('a copy holds everything acknowledged before the writes were held, and nothing later', async () => {
  const acknowledged: string[] = [];
  let stopped = false;
  const write = async (writer: number): Promise<void> => {
    for (let n = 0; !stopped; n++) {
      const _id = `${writer}-${n}`;
      await collection.insertOne({ _id, text: 'x'.repeat(2_000) });
      acknowledged.push(_id);
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, at) => write(at));
  try {
    for (let round = 0; round < 5; round++) {
      await sleep(150);
      const { hold } = await client.db().command({ gangwayHoldWrites: 1 });
      await sleep(100); // The last answers are on their way.
      const atHold = [...acknowledged];
      await sleep(100);
      expect(acknowledged).toHaveLength(atHold.length);
      const { folder } = await client.db().command({ gangwaySnapshot: String(hold) });
      expect((await readCopy(String(folder), `round-${round}`)).toSorted()).toEqual(atHold.toSorted());
      await eventually(() => acknowledged.length > atHold.length);
    }
  } finally {
    stopped = true;
    await Promise.all(writers);
  }
});

test('held writes wait, reads do not, and a release lets them go on', async () => {
  const { hold } = await client.db().command({ gangwayHoldWrites: 1 });
  let written = false;
  const writing = collection.insertOne({ _id: 'late', text: '' }).then(() => (written = true));
  expect(await collection.findOne({ _id: 'late' })).toBeNull();
  await sleep(100);
  expect(written).toBe(false);
  await client.db().command({ gangwayReleaseWrites: String(hold) });
  await writing;
  expect(await collection.findOne({ _id: 'late' })).not.toBeNull();
});

test('these commands need the secret, and take nothing but a hold', async () => {
  const { port } = store;
  const stranger = await new mongo.MongoClient(
    `mongodb://127.0.0.1:${port}/?directConnection=true`,
  ).connect();
  await expect(stranger.db().command({ gangwayHoldWrites: 1 })).rejects.toMatchObject({ code: 13 });
  await stranger.close();
  await expect(client.db().command({ gangwaySnapshot: '7' })).rejects.toMatchObject({ code: 246 });
  await expect(client.db().command({ gangwaySnapshot: '/tmp', to: '/tmp' })).rejects.toMatchObject({
    code: 40_415,
  });
});
