import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Copying } from '../../../standalone/store/storage/environment.ts';
import { createSnapshots } from '../../../standalone/store/storage/snapshots.ts';

const SHORTLY_MS = 40;

let folder: string;
let letGoCount: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-snapshots-'));
  letGoCount = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function snapshotsWith(copying: Partial<Copying>, heldAtMostMs = 10_000) {
  const copyTo = (to: string): Copying => {
    mkdirSync(to, { recursive: true });
    return { begun: Promise.resolve(), finished: Promise.resolve(), ...copying };
  };
  const hold = () => Promise.resolve(() => (letGoCount += 1));
  return createSnapshots(folder, { copyTo }, { hold }, heldAtMostMs);
}

const refused = (codeName: string) => expect.objectContaining({ codeName });

test('writes go on as soon as the copy has begun, long before it is complete', async () => {
  let finish: () => void = () => undefined;
  const snapshots = snapshotsWith({ finished: new Promise((resolve) => (finish = resolve)) });
  const taken = snapshots.take(await snapshots.hold());
  await sleep(SHORTLY_MS);
  expect(letGoCount).toBe(1);
  finish();
  expect(readdirSync(await taken)).toEqual([]);
});

test('writes that were held long enough go on by themselves, and there is no copy any more', async () => {
  const snapshots = snapshotsWith({}, SHORTLY_MS);
  const hold = await snapshots.hold();
  await sleep(3 * SHORTLY_MS);
  expect(letGoCount).toBe(1);
  await expect(snapshots.take(hold)).rejects.toEqual(refused('SnapshotUnavailable'));
});

test('a copy that began only after the hold was over is refused and removed', async () => {
  const snapshots = snapshotsWith({ begun: sleep(3 * SHORTLY_MS) }, SHORTLY_MS);
  const hold = await snapshots.hold();
  await expect(snapshots.take(hold)).rejects.toEqual(refused('SnapshotUnavailable'));
  expect(readdirSync(join(folder, 'snapshots'))).toEqual([]);
});

test('a copy that fails lets the writes go on and leaves nothing behind', async () => {
  const full = Promise.reject(new Error('the disk is full'));
  const snapshots = snapshotsWith({ begun: full, finished: full });
  await expect(snapshots.take(await snapshots.hold())).rejects.toThrow('the disk is full');
  expect(letGoCount).toBe(1);
  expect(readdirSync(join(folder, 'snapshots'))).toEqual([]);
});

test('of two at once the second is refused; after a release the next one may hold', async () => {
  const snapshots = snapshotsWith({});
  const first = await snapshots.hold();
  await expect(snapshots.hold()).rejects.toEqual(refused('LockBusy'));
  snapshots.release(first);
  expect(letGoCount).toBe(1);
  const second = await snapshots.hold();
  expect(second).not.toBe(first);
  snapshots.release(second);
});

test('copies that an earlier process left behind are removed', () => {
  mkdirSync(join(folder, 'snapshots', '1'), { recursive: true });
  snapshotsWith({});
  expect(readdirSync(folder)).toEqual([]);
});
