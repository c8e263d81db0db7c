import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import type { DataFolder } from './data-folder.ts';
import { commandLine, processIdentity } from './process-identity.ts';

const STOPS_WITHIN_MS = 10_000;
const POLL_MS = 50;

/**
 * Ends the process that `pidFile` names when it still runs and is ours, and removes the file. Ours is only a process
 * whose command line names the data folder: the pid may have been given to a stranger since. Resolves when it is gone.
 */
export async function clearLeftover(pidFile: string, dataFolder: string): Promise<void> {
  const pid = readPid(pidFile);
  if (pid !== undefined && names(commandLine(pid), dataFolder)) await end(pid);
  rmSync(pidFile, { force: true });
}

/** What an earlier start left behind: after kill -9 of the supervisor its children may still be about to stop. */
export async function clearLeftovers(folder: DataFolder): Promise<void> {
  const pidFiles = readdirSync(folder.run).filter((name) => name.endsWith('.pid'));
  await Promise.all(pidFiles.map((name) => clearLeftover(join(folder.run, name), folder.root)));
}

function names(line: string | undefined, dataFolder: string): boolean {
  return line !== undefined && (line.includes(`${dataFolder}/`) || `${line} `.includes(`${dataFolder} `));
}

async function end(pid: number): Promise<void> {
  const identity = processIdentity(pid);
  const runs = (): boolean => identity !== undefined && processIdentity(pid) === identity;
  const killAt = performance.now() + STOPS_WITHIN_MS;
  signal(pid, 'SIGTERM');
  while (runs()) {
    if (performance.now() > killAt) signal(pid, 'SIGKILL');
    await sleep(POLL_MS);
  }
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
