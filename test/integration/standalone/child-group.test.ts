import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { openDataFolder } from '../../../standalone/host/data-folder.ts';
import { processIdentity } from '../../../standalone/host/process-identity.ts';
import { createChildGroup } from '../../../standalone/processes/child-group.ts';
import type { ChildGroup } from '../../../standalone/processes/child-group.ts';
import type { ChildCommand, ChildName } from '../../../standalone/processes/run-child.ts';
import { createInstallation, eventually } from '../../support/installation.ts';
import type { Installation } from '../../support/installation.ts';

const PATIENCE = {
  firstBackOffMs: 50,
  longestBackOffMs: 200,
  stableAfterMs: 60_000,
  readyWithinMs: 10_000,
  stopsWithinMs: 5_000,
};

describe('the supervisor', () => {
  let installation: Installation;
  let group: ChildGroup;
  let printed: string[];

  beforeEach(async () => {
    installation = await createInstallation();
    group = createGroup();
  });

  afterEach(async () => {
    await group.stop();
    installation.remove();
  });

  function createGroup(patience = PATIENCE): ChildGroup {
    printed = [];
    const { folder, lock } = openDataFolder(installation.dataFolder);
    lock.release();
    return createChildGroup({ folder, patience, print: (line) => printed.push(line) }, new AbortController());
  }

  async function startAll(...commands: readonly ChildCommand[]): Promise<void> {
    await group.together(commands.map((command) => group.start(command)));
  }

  function fake(name: ChildName, env: Readonly<Record<string, string>> = {}): ChildCommand {
    return {
      name,
      entry: join(packageRoot, 'test', 'support', 'fake-children', 'fake-child.mjs'),
      args: [`--data-folder=${installation.dataFolder}`],
      env: { ...installation.env, FAKE_NAME: name, ...env },
    };
  }

  test('stops api, worker, temporal and store in this order, whatever the order of the start', async () => {
    await startAll(fake('store'), fake('temporal'));
    await startAll(fake('worker'), fake('api'));
    await group.stop();
    expect(installation.journal().slice(4)).toEqual([
      'stop api',
      'stop worker',
      'stop temporal',
      'stop store',
    ]);
  });

  test('starts a killed child again and waits twice as long each time, up to a bound', async () => {
    await startAll(fake('worker'));
    for (const seconds of ['0.05', '0.1', '0.2', '0.2']) {
      const pid = installation.pid('worker');
      const servedBefore = printed.filter((line) => line === 'worker serves again.').length;
      process.kill(pid, 'SIGKILL');
      await eventually(() => printed.filter((line) => line === 'worker serves again.').length > servedBefore);
      expect(printed.at(-2)).toBe(`worker stopped (signal SIGKILL); starting it again in ${seconds} s.`);
      expect(installation.pid('worker')).not.toBe(pid);
    }
  });

  test('restarts nothing once it stops', async () => {
    await startAll(fake('store'), fake('api'));
    await group.stop();
    expect(installation.journal().filter((line) => line.startsWith('start'))).toHaveLength(2);
    expect(printed).toEqual([]);
  });

  test('kills a child that does not stop in time', async () => {
    await group.stop();
    group = createGroup({ ...PATIENCE, stopsWithinMs: 300 });
    await startAll(fake('worker', { FAKE_MODE: 'deaf' }));
    const pid = installation.pid('worker');
    await group.stop();
    expect(processIdentity(pid)).toBeUndefined();
  });

  test('gives up a child that says nothing for too long', async () => {
    await group.stop();
    group = createGroup({ ...PATIENCE, readyWithinMs: 1_500 });
    await expect(startAll(fake('worker', { FAKE_MODE: 'mute' }))).rejects.toMatchObject({
      code: 'CHILD_FAILED',
      message: expect.stringContaining('The worker process was not ready within 1.5 s at every attempt'),
    });
  });

  test('waits for a child that tells of its progress, and passes it on', async () => {
    await group.stop();
    group = createGroup({ ...PATIENCE, readyWithinMs: 1_500 });
    await startAll(fake('worker', { FAKE_MODE: 'busy' }));
    expect(installation.journal()).toEqual(['start worker']);
    expect(printed).toEqual(Array.from({ length: 8 }, (_, index) => `worker: Turn ${index + 1} of 8.`));
  });

  test('passes on the sentence of a child that cannot serve, without another attempt', async () => {
    await expect(startAll(fake('api', { FAKE_MODE: 'refuse' }), fake('worker'))).rejects.toMatchObject({
      code: 'CHILD_FAILED',
      message: 'The stars are wrong: wait for better ones.',
    });
    expect(installation.journal().filter((line) => line === 'start api')).toHaveLength(1);
  });

  test('gives up a child that dies three times during start, and names its log', async () => {
    const logFile = join(installation.dataFolder, 'logs', 'worker.log');
    await expect(startAll(fake('worker', { FAKE_MODE: 'die' }))).rejects.toMatchObject({
      code: 'CHILD_FAILED',
      message: `The worker process stopped (exit code 1) at every attempt: see ${logFile}.`,
    });
    expect(installation.journal()).toEqual(['start worker', 'start worker', 'start worker']);
    expect(readFileSync(logFile, 'utf8')).toContain('Error: no luck');
    expect(printed).toContain('worker: Error: no luck');
  });

  test('shows warnings of a child and keeps all of its output in its log', async () => {
    const lines = [
      JSON.stringify({ level: 30, msg: 'all is well' }),
      JSON.stringify({ level: 40, msg: 'not so well', err: { message: 'rain' } }),
    ];
    await startAll(fake('api', { FAKE_OUTPUT: `${lines.join('\n')}\n` }));
    await eventually(() => printed.length > 0);
    expect(printed).toEqual(['api: not so well: rain']);
    expect(readFileSync(join(installation.dataFolder, 'logs', 'api.log'), 'utf8')).toBe(
      `${lines.join('\n')}\n`,
    );
  });
});
