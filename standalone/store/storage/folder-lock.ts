import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';

/**
 * One process per folder. LMDB keeps a table of readers whose entries the kernel frees when their process ends, however
 * it ends. Holding a read in a small environment of its own makes this process visible to the next one, and a process
 * that sees another refuses to start; when two start at the same moment, each sees the other and at least one refuses.
 */
export interface FolderLock {
  readonly release: () => Promise<void>;
}

/** A refusal that is the operator's to resolve; its message is shown as it is. */
export class FolderLockedError extends Error {
  /** Which process. */
  readonly holder: string;

  constructor(folder: string, holder: string) {
    super(`the folder ${folder} is in use by ${holder}`);
    this.name = 'FolderLockedError';
    this.holder = holder;
  }
}

const heldHere = new Set<string>();

export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true });
  const path = realpathSync(folder);
  if (heldHere.has(path)) throw new FolderLockedError(folder, 'this process');
  heldHere.add(path);
  const environment = open({ path: join(path, 'lock'), overlappingSync: false, maxReaders: 16 });
  const reading = environment.useReadTransaction();
  environment.get('holder', { transaction: reading });
  const release = async (): Promise<void> => {
    reading.done();
    await environment.close();
    heldHere.delete(path);
  };
  environment.readerCheck();
  const other = readerProcesses(environment.readerList()).find((pid) => pid !== process.pid);
  if (other === undefined) return { release };
  await release();
  throw new FolderLockedError(folder, `process ${other}`);
}

/** LMDB lists its readers as a heading and lines of process, thread and transaction. */
function readerProcesses(list: string): number[] {
  return [...list.matchAll(/^\s*(\d+)\s/gm)].map((line) => Number(line[1]));
}
