import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectDatabase, type Database } from '../../../shared/platform/persistence/connect.ts';
import { createPackagedMachine, type PackagedMachine } from '../../support/packaged-start.ts';
import { dismissTogether, hireCrowd } from './crowd.ts';
import { hold } from './figure.ts';

const RUNNING = 500;
/** All of them have begun by then, and none can be through with it. */
const KILLED_AFTER_MS = 2_000;
const GIVE_UP_AFTER_MS = 300_000;

let machine: PackagedMachine;
beforeEach(async () => {
  machine = await createPackagedMachine();
});
afterEach(() => machine.close(), 60_000);

/** The number of the last change of every case. */
async function sequences({ connection }: Database): Promise<ReadonlyMap<string, number>> {
  const found = await connection
    .collection<{ _id: string; sequence: number }>('cases')
    .find({}, { projection: { sequence: 1 } })
    .toArray();
  return new Map(found.map(({ _id, sequence }) => [_id, sequence]));
}

test('goes on after the worker was killed in the middle of many first days', async () => {
  const start = await machine.start();
  const crowd = await hireCrowd(machine, start, RUNNING);
  const database = await connectDatabase(machine.databaseUri(), { appName: 'bench' });
  const { ids, leaveAtMs } = await dismissTogether(crowd);
  await sleep(leaveAtMs - Date.now() + KILLED_AFTER_MS);
  machine.kill('worker');
  const killedAtMs = performance.now();
  await sleep(500);
  const before = await sequences(database);
  const waiting = new Set(ids);
  let firstMs: number | undefined;
  while (waiting.size > 0 && performance.now() - killedAtMs < GIVE_UP_AFTER_MS) {
    const now = await sequences(database);
    for (const id of waiting) if ((now.get(id) ?? 0) > (before.get(id) ?? 0)) waiting.delete(id);
    if (waiting.size < ids.length) firstMs ??= performance.now() - killedAtMs;
    await sleep(250);
  }
  const allMs = performance.now() - killedAtMs;
  await database.close();
  expect(waiting.size).toBe(0);
  const [first, all] = [(firstMs ?? NaN) / 1000, allMs / 1000];
  hold([
    {
      name: 'worker killed, 500 cases running: first progress',
      unit: 's',
      value: first,
      bound: { atMost: 15 },
    },
    { name: 'worker killed, 500 cases running: all resumed', unit: 's', value: all, bound: { atMost: 60 } },
  ]);
});
