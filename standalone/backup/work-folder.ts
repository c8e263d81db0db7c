import { mkdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from '../host/data-folder.ts';
import { takeFolderLock } from '../host/folder-lock.ts';
import { BackupError } from './backup-error.ts';
import { PARTS } from './backup-format.ts';

export interface WorkFolder {
  readonly path: string;
  readonly remove: () => void;
}

/** Where the copies of the databases are until they are in the backup: beside the originals, one backup at a time. */
export function openWorkFolder(folder: DataFolder): WorkFolder {
  const place = join(folder.run, 'backup');
  const lock = takeFolderLock(place);
  if ('heldBy' in lock) {
    throw new BackupError(
      'BACKUP_RUNNING',
      `Process ${lock.heldBy} is making a backup of this installation: wait for it, then try again.`,
    );
  }
  const path = join(place, 'copies');
  // Those of a backup that was killed.
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { mode: 0o700 });
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
      lock.release();
    },
  };
}

/** Throws a BackupError when the disk of the data folder could not hold the copies as well. */
export function requireSpaceForCopies(folder: DataFolder): void {
  const needed = [PARTS.temporal, `${PARTS.temporal}-wal`, PARTS.store]
    .map((name) => statSync(join(folder.root, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
  const { bavail, bsize } = statfsSync(folder.root);
  if (bavail * bsize > needed) return;
  throw new BackupError(
    'NO_SPACE',
    `The disk of ${folder.root} has less than ${megabytes(needed)} MB free, which the copies of the databases need for a while: make room.`,
  );
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 ** 2);
}
