import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { takeFolderLock } from '../../../standalone/host/folder-lock.ts';
import type { FolderLock } from '../../../standalone/host/folder-lock.ts';
import { processIdentity } from '../../../standalone/host/process-identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function take(): FolderLock {
  const lock = takeFolderLock(folder);
  if ('heldBy' in lock) throw new Error(`held by ${lock.heldBy}`);
  return lock;
}

describe('the lock of a folder', () => {
  test('is refused to a second taker, naming the first', () => {
    take();
    expect(takeFolderLock(folder)).toEqual({ heldBy: process.pid });
  });

  test('can be taken again after its release, and leaves one file', () => {
    for (let round = 0; round < 3; round += 1) take().release();
    take();
    expect(readdirSync(folder)).toEqual(['lock.4']);
  });

  test('is taken over from a process that is gone', () => {
    const gone = spawnSync(process.execPath, ['--version']).pid;
    writeFileSync(join(folder, 'lock.7'), JSON.stringify({ pid: gone, identity: '1' }));
    take();
    expect(readdirSync(folder)).toEqual(['lock.8']);
  });

  test('is taken over when the pid belongs to another process by now', () => {
    writeFileSync(
      join(folder, 'lock.1'),
      JSON.stringify({ pid: process.pid, identity: 'an earlier start time' }),
    );
    take();
  });

  test('is respected while its process lives', () => {
    const holder = spawn('sleep', ['30']);
    writeFileSync(
      join(folder, 'lock.1'),
      JSON.stringify({ pid: holder.pid, identity: processIdentity(holder.pid!) }),
    );
    expect(takeFolderLock(folder)).toEqual({ heldBy: holder.pid });
    holder.kill('SIGKILL');
  });
});
