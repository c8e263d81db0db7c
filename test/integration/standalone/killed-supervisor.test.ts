import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { createInstallation, eventually, isHeld } from '../../support/installation.ts';
import type { Installation } from '../../support/installation.ts';

const ENTRY = join(packageRoot, 'test', 'support', 'fake-children', 'start-with-fakes.mjs');
const CHILDREN = ['api', 'worker', 'temporal', 'temporal-server', 'store'];

let installation: Installation;
const supervisors: ChildProcess[] = [];

beforeEach(async () => {
  installation = await createInstallation();
});

afterEach(async () => {
  supervisors.splice(0).forEach((supervisor) => supervisor.kill('SIGKILL'));
  await eventually(noPortHeld);
  installation.remove();
});

async function start(): Promise<ChildProcess> {
  const supervisor = fork(ENTRY, {
    env: { ...installation.env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  supervisors.push(supervisor);
  await once(supervisor, 'message');
  return supervisor;
}

async function noPortHeld(): Promise<boolean> {
  return !(await Promise.all(installation.ports.map(isHeld))).includes(true);
}

test('kill -9 of the supervisor alone leaves no port held', async () => {
  const supervisor = await start();
  supervisor.kill('SIGKILL');
  await eventually(noPortHeld);
});

test('a start right after kill -9 of the supervisor takes over the stale lock', async () => {
  const first = await start();
  const left = CHILDREN.map((name) => installation.pid(name));
  first.kill('SIGKILL');
  await start();
  expect(CHILDREN.map((name) => installation.pid(name)).filter((pid) => left.includes(pid))).toEqual([]);
});

test('a start right after kill -9 of everything serves again', async () => {
  const first = await start();
  [first.pid!, ...CHILDREN.map((name) => installation.pid(name))].forEach((pid) =>
    process.kill(pid, 'SIGKILL'),
  );
  await start();
  expect(installation.journal().filter((line) => line === 'start worker')).toHaveLength(2);
});
