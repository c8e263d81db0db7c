import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import {
  STORE_ENTRY,
  createWorkplace,
  killHard,
  storeEnvironment,
  uriOf,
} from '../../integration/store/store-process.ts';

/**
 * kill -9 leaves the page cache of the system alone, so it says nothing about a loss of power. What protects against that
 * is order: between a write command and its reply, the data must have been flushed and the new root written through.
 */
const workplace = createWorkplace();
let child: ChildProcessByStdio<null, Readable, null> | undefined;
const trace = join(workplace.folder, '..', 'trace');
const WRITES = 20;

afterAll(async () => {
  if (child !== undefined) await killHard(child);
  workplace.remove();
});

test('flushes the data and then its root before it answers a write', async () => {
  if (spawnSync('strace', ['-V']).status !== 0) {
    throw new Error(
      'this test needs strace (for example: apt-get install strace); without it the order cannot be seen',
    );
  }
  const calls =
    'trace=openat,read,readv,recvfrom,write,writev,sendto,sendmsg,pwrite64,pwritev,fdatasync,fsync,msync';
  // -D keeps the store the direct child, so that a signal reaches it and not the tracer.
  child = spawn(
    'strace',
    ['-D', '-f', '-y', '-s', '2000', '-e', calls, '-o', trace, process.execPath, STORE_ENTRY],
    {
      env: storeEnvironment(workplace),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { port } = JSON.parse(line) as { port: number };
  const client = await new mongo.MongoClient(uriOf(workplace, port)).connect();
  const collection = client.db().collection<{ _id: string }>('flushed');
  for (let at = 0; at < WRITES; at++) await collection.insertOne({ _id: `probe_${at}_end` });
  await client.close();
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;

  const lines = readFileSync(trace, 'utf8').split('\n');
  for (let at = 0; at < WRITES; at++)
    expect(stepsOf(lines, `probe_${at}_end`)).toEqual(['request', 'data flushed', 'root written', 'reply']);
});

/**
 * What happened from the request that names the probe to the next bytes sent to a client, in order and without repeats.
 * LMDB writes its root through a second descriptor it opened with O_DSYNC: that write is a flush of its own.
 */
function stepsOf(lines: readonly string[], probe: string): string[] {
  const start = lines.findIndex(
    (line) => /\b(read|readv|recvfrom)\(|resumed>/.test(line) && line.includes(probe),
  );
  const steps = ['request'];
  const add = (step: string): void => {
    if (steps.at(-1) !== step) steps.push(step);
  };
  const synchronous = synchronousDescriptors(lines);
  for (const line of lines.slice(start + 1)) {
    const descriptor = /\b(?:pwrite64|pwritev)\((\d+)</.exec(line)?.[1];
    if (/\bfdatasync\(|\bfsync\(|\bmsync\(/.test(line) && !line.includes('unfinished')) add('data flushed');
    else if (/<\.\.\. (fdatasync|fsync|msync) resumed>/.test(line)) add('data flushed');
    else if (descriptor !== undefined && synchronous.has(descriptor)) add('root written');
    else if (/\b(write|writev|sendto|sendmsg)\(\d+<(TCP|socket)/.test(line)) {
      add('reply');
      break;
    }
  }
  return steps;
}

function synchronousDescriptors(lines: readonly string[]): ReadonlySet<string> {
  return new Set(
    lines
      .filter((line) => line.includes('openat(') && line.includes('O_DSYNC') && line.includes('data.mdb'))
      .map((line) => /= (\d+)</.exec(line)?.[1] ?? ''),
  );
}
