import { join } from 'node:path';
import { systemReason } from '../../shared/platform/config/error-code.ts';
import type { DataFolder } from '../host/data-folder.ts';
import { readThrough } from '../store/storage/read-through.ts';
import { BackupError } from './backup-error.ts';
import { pinTemporal } from './pin-temporal.ts';
import { HoldOver } from './store-copies.ts';
import type { HeldStore, StoreCopies } from './store-copies.ts';

/** Both databases at one instant, as files that nobody writes to. */
export interface DatabaseCopies {
  readonly temporal: string;
  readonly store: string;
  readonly takenAt: string;
}

const ATTEMPTS = 3;

/**
 * The order is what makes the two belong together: the store acknowledges nothing while Temporal's database is pinned, so
 * that Temporal knows no step whose effect the store's copy lacks. What the copies hold is what the disk would hold had
 * everything been killed at that instant, and that is a state every start goes on from.
 */
export async function takeCopies(
  store: StoreCopies,
  folder: DataFolder,
  workFolder: string,
): Promise<DatabaseCopies> {
  for (let attempt = 1; ; attempt += 1) {
    const copies = {
      temporal: join(workFolder, `temporal-${attempt}.db`),
      store: join(workFolder, `store-${attempt}.mdb`),
    };
    const held = await store.hold();
    try {
      const takenAt = await copyHeld(held, folder, copies);
      await readThrough(copies.store);
      return { ...copies, takenAt };
    } catch (error) {
      if (!(error instanceof HoldOver)) throw explain(error);
      if (attempt === ATTEMPTS) throw tooSlow(error);
    }
  }
}

async function copyHeld(
  held: HeldStore,
  folder: DataFolder,
  copies: Omit<DatabaseCopies, 'takenAt'>,
): Promise<string> {
  const pinned = await pinOrRelease(held, folder);
  try {
    const takenAt = new Date().toISOString();
    const both = await Promise.allSettled([held.copyTo(copies.store), pinned.copyTo(copies.temporal)]);
    const failed = both.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return takenAt;
  } finally {
    pinned.release();
  }
}

async function pinOrRelease(held: HeldStore, folder: DataFolder): Promise<ReturnType<typeof pinTemporal>> {
  try {
    return pinTemporal(folder.temporalDatabase);
  } catch (error) {
    await held.release();
    throw error;
  }
}

function explain(error: unknown): BackupError {
  if (error instanceof BackupError) return error;
  return new BackupError(
    'SNAPSHOT_FAILED',
    `The databases could not be copied (${systemReason(error)}): check the disk of the data folder, then try again.`,
    { cause: error },
  );
}

function tooSlow(cause: unknown): BackupError {
  return new BackupError(
    'SNAPSHOT_FAILED',
    'The databases could not be caught at one instant, because the disk is too slow or too busy: try again later.',
    { cause },
  );
}
