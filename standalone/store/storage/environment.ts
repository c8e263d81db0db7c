import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { open, type Database, type RootDatabase } from 'lmdb';
import { lockFolder } from './folder-lock.ts';

/**
 * The LMDB files of one store. `overlappingSync` is off: a transaction's promise then settles only after its data and
 * its meta page were flushed, and no reader sees what is not yet on the disk.
 */
export type Table = Database<Buffer, Buffer>;

export interface Environment {
  /** Namespace -> what the store knows of the collection. */
  readonly catalog: Table;
  /** Documents and index entries of all collections (see key-layout). */
  readonly entries: Table;
  /** Of everything in it, the space of what was removed included: the file does not shrink. */
  readonly fileBytes: () => number;
  /** Copies everything, as it is when the copy begins, into `folder`, which is created. Others go on reading and writing. */
  readonly copyTo: (folder: string) => Copying;
  readonly close: () => Promise<void>;
}

export interface Copying {
  /** Resolves once nothing that is written from now on will be in the copy. */
  readonly begun: Promise<void>;
  readonly finished: Promise<void>;
}

const BEGUN_POLL_MS = 1;

export const TABLE_OPTIONS = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;

export async function openEnvironment(folder: string): Promise<Environment> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const root: RootDatabase<Buffer, Buffer> = open({
      path: join(folder, 'data'),
      overlappingSync: false,
      maxDbs: 4,
      ...TABLE_OPTIONS,
    });
    return {
      catalog: root.openDB<Buffer, Buffer>('catalog', TABLE_OPTIONS),
      entries: root.openDB<Buffer, Buffer>('entries', TABLE_OPTIONS),
      fileBytes: () => statSync(join(folder, 'data', 'data.mdb')).size,
      copyTo: (to) => {
        mkdirSync(to, { recursive: true, mode: 0o700 });
        const finished = root.backup(to, false);
        return { begun: untilFirstBytes(join(to, 'data.mdb'), finished), finished };
      },
      close: async () => {
        await root.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** LMDB opens its snapshot in a thread of its own, and writes the first pages of the copy from it: before that, nothing. */
async function untilFirstBytes(file: string, finished: Promise<void>): Promise<void> {
  let over = false;
  const end = finished.finally(() => (over = true));
  const look = async (): Promise<void> => {
    while (!over && (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) await sleep(BEGUN_POLL_MS);
  };
  await Promise.race([look(), end]);
}
