import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { clearLeftover } from '../../../standalone/host/clear-leftover.ts';
import { processIdentity } from '../../../standalone/host/process-identity.ts';

let folder: string;
let pidFile: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-leftover-'));
  pidFile = join(folder, 'worker.pid');
});
afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true });
});

async function leaveBehind(argument: string): Promise<number> {
  const child = spawn(
    process.execPath,
    ['-e', 'console.log(1); setInterval(() => {}, 1000)', '--', argument],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  children.push(child);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  writeFileSync(pidFile, String(child.pid));
  return child.pid!;
}

test('ends a process whose command line names the data folder', async () => {
  const pid = await leaveBehind(`--data-folder=${folder}`);
  await clearLeftover(pidFile, folder);
  expect(processIdentity(pid)).toBeUndefined();
  expect(existsSync(pidFile)).toBe(false);
});

test.each([['a stranger'], ['a neighbour, whose folder has a longer name']])(
  'leaves %s alone',
  async (who) => {
    const pid = await leaveBehind(
      who === 'a stranger' ? '--data-folder=/elsewhere' : `--data-folder=${folder}-2`,
    );
    await clearLeftover(pidFile, folder);
    expect(processIdentity(pid)).toBeDefined();
    expect(existsSync(pidFile)).toBe(false);
  },
);

test('does nothing where there is no pid file, or none that names a process', async () => {
  await clearLeftover(pidFile, folder);
  writeFileSync(pidFile, '');
  await clearLeftover(pidFile, folder);
  expect(existsSync(pidFile)).toBe(false);
});
