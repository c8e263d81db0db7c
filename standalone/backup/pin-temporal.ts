import { backup, DatabaseSync } from '@photostructure/sqlite';
import { BackupError } from './backup-error.ts';

/** Temporal's database as it was at one instant, however much the server writes meanwhile. */
export interface PinnedTemporal {
  /** Copies it into a file that does not exist yet, and reads the copy back. */
  copyTo(file: string): Promise<void>;
  release(): void;
}

/** Below what the store holds its writes for. */
const BUSY_MS = 1_500;
/** 4 MB at a time: each batch runs in a thread of its own. */
const PAGES_AT_ONCE = 1_000;

/**
 * Opens a read transaction on the file that the server writes to: in the write-ahead log mode in which we start it, a
 * reader has a snapshot of its own and holds up nobody. The log does not shrink meanwhile, so copy soon.
 */
export function pinTemporal(file: string): PinnedTemporal {
  const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  try {
    database.exec('BEGIN');
    // The snapshot is that of the first read.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    async copyTo(copy) {
      await backup(database, copy, { rate: PAGES_AT_ONCE });
      assertSound(copy);
    },
    release: () => database.close(),
  };
}

function assertSound(copy: string): void {
  const database = new DatabaseSync(copy, { readOnly: true });
  try {
    const found = database.prepare('PRAGMA quick_check').all() as readonly { readonly quick_check: string }[];
    if (found.every((one) => one.quick_check === 'ok')) return;
    throw new BackupError(
      'SNAPSHOT_FAILED',
      'The copy of the Temporal database did not read back: check the disk, then try again.',
    );
  } finally {
    database.close();
  }
}
