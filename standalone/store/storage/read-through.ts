import { open, type RootDatabase } from 'lmdb';
import { TABLE_OPTIONS } from './environment.ts';

/** Reads every entry of an LMDB file that nobody writes to, e.g. a copy. Gives their number; throws when one cannot be read. */
export async function readThrough(file: string): Promise<number> {
  const root: RootDatabase<Buffer, Buffer> = open({ path: file, readOnly: true, ...TABLE_OPTIONS });
  try {
    return ['catalog', 'entries']
      .map((name) => [...root.openDB<Buffer, Buffer>(name, TABLE_OPTIONS).getKeys()].length)
      .reduce((sum, count) => sum + count, 0);
  } finally {
    await root.close();
  }
}
