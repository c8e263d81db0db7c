import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StartError } from '../../shared/errors/start/start-error.ts';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import type { ChildCommand, ChildName } from './run-child.ts';

/** Packages that are a binary for each kind of machine, by the child that loads them. */
const BINARIES: Readonly<Record<ChildName, readonly string[]>> = {
  store: ['lmdb'],
  temporal: [],
  worker: ['@temporalio/worker', '@node-rs/argon2'],
  api: ['@node-rs/argon2'],
};

/** How the embedded store ends when its file is not what LMDB maps into memory: it has no chance to say so. */
const CRASHED = /signal (SIGSEGV|SIGBUS)/;

/** The reason of a child that failed at every attempt without a word of its own: known ones are looked for, else its log tells. */
export async function whyNeverServed(
  { name, env }: ChildCommand,
  reason: string,
  logFile: string,
): Promise<StartError> {
  for (const module of BINARIES[name]) {
    if (!(await loads(module))) return StartError.of('NATIVE_MODULE_MISSING', { module });
  }
  const folder = env['GANGWAY_STORE_FOLDER'];
  if (folder !== undefined && CRASHED.test(reason))
    return StartError.of('STORE_DAMAGED', { folder, reason: `its process ${reason}` });
  return StartError.of('CHILD_FAILED', { name, reason, logFile });
}

async function loads(module: string): Promise<boolean> {
  const script = `await import(${JSON.stringify(module)})`;
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: packageRoot });
    return true;
  } catch {
    return false; // What it said is in the log of the child.
  }
}
