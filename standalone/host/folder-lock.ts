import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { processIdentity } from './process-identity.ts';

const LOCK_FILE = /^lock\.(\d+)$/;

export interface FolderLock {
  readonly release: () => void;
}

/** Who holds a lock; `identity` is the start time of `pid`, see `processIdentity`. */
interface Holder {
  readonly pid: number;
  readonly identity: string;
}

/**
 * Takes the lock of `folder` (created when missing) for this process, or returns the pid that holds it. Survives kill -9:
 * the lock of a process that is gone is taken over.
 *
 * Each taking creates the next of the files `lock.1`, `lock.2`, …; only the highest counts. A number is created by a hard
 * link, which fails when it exists, so of two processes that both find a stale lock one wins. The highest file stays after
 * a release, so that a number never comes back for a process that looked at the folder before.
 */
export function takeFolderLock(folder: string): FolderLock | { readonly heldBy: number } {
  mkdirSync(folder, { recursive: true });
  for (;;) {
    const highest = highestNumber(folder);
    const holder = highest === 0 ? undefined : readHolder(lockFile(folder, highest));
    if (holder === 'gone') continue;
    if (holder !== undefined && processIdentity(holder.pid) === holder.identity)
      return { heldBy: holder.pid };
    const mine = highest + 1;
    if (!create(folder, mine)) continue;
    if (highestNumber(folder) !== mine) {
      rmSync(lockFile(folder, mine), { force: true });
      continue;
    }
    numbers(folder)
      .filter((number) => number < mine)
      .forEach((number) => rmSync(lockFile(folder, number), { force: true }));
    return { release: () => replace(lockFile(folder, mine), '{}') };
  }
}

/** The pid of the process that holds the lock of `folder`, if one does. Takes nothing and changes nothing. */
export function lockHolder(folder: string): number | undefined {
  if (!existsSync(folder)) return undefined;
  const highest = highestNumber(folder);
  const holder = highest === 0 ? undefined : readHolder(lockFile(folder, highest));
  if (holder === 'gone') return lockHolder(folder);
  return holder !== undefined && processIdentity(holder.pid) === holder.identity ? holder.pid : undefined;
}

function lockFile(folder: string, number: number): string {
  return join(folder, `lock.${number}`);
}

function numbers(folder: string): readonly number[] {
  return readdirSync(folder).map((name) => Number(LOCK_FILE.exec(name)?.[1] ?? 0));
}

function highestNumber(folder: string): number {
  return Math.max(0, ...numbers(folder));
}

/** Undefined when the lock was released; 'gone' when somebody took it over since the folder was listed. */
function readHolder(path: string): Holder | 'gone' | undefined {
  try {
    const content = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return content.pid === undefined || content.identity === undefined
      ? undefined
      : { pid: content.pid, identity: content.identity };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'gone';
    throw error;
  }
}

function create(folder: string, number: number): boolean {
  const draft = join(folder, `draft.${process.pid}.${number}`);
  writeFileSync(draft, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }));
  try {
    linkSync(draft, lockFile(folder, number));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function replace(path: string, content: string): void {
  writeFileSync(`${path}.released`, content);
  renameSync(`${path}.released`, path);
}
