import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { startStore, type RunningStore } from '../../../standalone/store/start-store.ts';
import { createWorkplace } from './store-process.ts';

const workplace = createWorkplace();
let store: RunningStore;
let client: mongo.MongoClient;
let contenders: ChildProcess[];

interface Contended {
  _id: string;
  rev: number;
  count: number;
}

beforeAll(async () => {
  store = await startStore({ folder: workplace.folder, port: 0, secret: workplace.secret });
  client = await new mongo.MongoClient(store.uri).connect();
  contenders = ['first', 'second'].map(() =>
    fork(join(import.meta.dirname, 'contender.mjs'), [store.uri], {
      execArgv: [],
      env: { PATH: process.env['PATH'] },
    }),
  );
  await Promise.all(contenders.map((child) => once(child, 'message')));
});

afterAll(async () => {
  contenders.forEach((child) => child.disconnect());
  await client.close();
  await store.close();
  workplace.remove();
});

async function contend(job: { kind: string; _id: string; times: number }): Promise<number[]> {
  const answers = contenders.map((child) => once(child, 'message') as Promise<[{ done: number }]>);
  contenders.forEach((child, at) => child.send({ ...job, name: `contender ${at}` }));
  return (await Promise.all(answers)).map(([answer]) => answer.done);
}

describe('two processes with 50 connections each', () => {
  test('have one winner among 200 compare-and-sets, over and over', async () => {
    const collection = client.db().collection<Contended>('contended');
    for (let round = 0; round < 5; round++) {
      const _id = `cas_${round}`;
      await collection.insertOne({ _id, rev: 0, count: 0 });
      const wins = await contend({ kind: 'compareAndSet', _id, times: 100 });
      expect(wins.reduce((sum, one) => sum + one)).toBe(1);
      expect(await collection.findOne({ _id })).toMatchObject({ rev: 1 });
    }
  });

  test('lose none of 500 increments', async () => {
    const collection = client.db().collection<Contended>('contended');
    await collection.insertOne({ _id: 'counter', rev: 0, count: 0 });
    expect(await contend({ kind: 'increment', _id: 'counter', times: 250 })).toEqual([250, 250]);
    expect(await collection.findOne({ _id: 'counter' })).toMatchObject({ count: 500 });
  });

  test('insert a claim once when both try at the same time', async () => {
    const collection = client.db().collection<Contended>('contended');
    const attempts = Array.from({ length: 50 }, () =>
      collection.insertOne({ _id: 'claim', rev: 0, count: 0 }),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });
});
