import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../shared/platform/config/config.ts';
import { connectDatabase } from '../../shared/platform/persistence/connect.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import { embeddedStoreUri, STORE_SECRET } from '../database/prepare-database.ts';
import { readSecretFile } from '../host/data-folder.ts';
import type { DataFolder } from '../host/data-folder.ts';
import { openEnvironment } from '../store/storage/environment.ts';
import type { Environment } from '../store/storage/environment.ts';
import { FolderLockedError } from '../store/storage/folder-lock.ts';
import { BackupError } from './backup-error.ts';

/** Copies of the embedded store: made by the process that serves it, or by this one while nobody does. */
export interface StoreCopies {
  /** Until the copy has begun, the store acknowledges nothing; but it does not wait for long. */
  hold(): Promise<HeldStore>;
  close(): Promise<void>;
}

export interface HeldStore {
  /** Writes the LMDB file. The store acknowledges again as soon as the copy has begun. Rejects with `HoldOver`. */
  copyTo(file: string): Promise<void>;
  release(): Promise<void>;
}

/** The store went on by itself: the copies would not be of one instant. Try again. */
export class HoldOver extends Error {
  override readonly name = 'HoldOver';
}

/** What the store answers, with MongoDB's numbers. */
const UNKNOWN_COMMAND = 59;
const HOLD_OVER = 246;
const BUSY = 46;

export async function servedStore(config: Config, folder: DataFolder): Promise<StoreCopies> {
  const database = await connect(config, folder);
  const command = async (body: object): Promise<Readonly<Record<string, unknown>>> => {
    try {
      if (database.connection.db === undefined) throw new StoreUnavailable('not connected');
      return await database.connection.db.command(body);
    } catch (error) {
      throw translate(error, config);
    }
  };
  return {
    async hold() {
      const { hold } = await command({ gangwayHoldWrites: 1 });
      return {
        async copyTo(file) {
          const copy = String((await command({ gangwaySnapshot: hold }))['folder']);
          renameSync(join(copy, 'data.mdb'), file);
          rmSync(copy, { recursive: true });
        },
        async release() {
          await command({ gangwayReleaseWrites: hold });
        },
      };
    },
    close: () => database.close(),
  };
}

/** Nobody serves it, so nothing has to be held. */
export async function restingStore(folder: DataFolder): Promise<StoreCopies> {
  const environment = await openAtRest(folder);
  return {
    hold: () =>
      Promise.resolve({
        async copyTo(file) {
          const copy = `${file}.folder`;
          const { begun, finished } = environment.copyTo(copy);
          await Promise.all([begun, finished]);
          renameSync(join(copy, 'data.mdb'), file);
          rmSync(copy, { recursive: true });
        },
        release: () => Promise.resolve(),
      }),
    close: () => environment.close(),
  };
}

async function openAtRest(folder: DataFolder): Promise<Environment> {
  try {
    return await openEnvironment(folder.store);
  } catch (error) {
    if (!(error instanceof FolderLockedError)) throw error;
    throw new BackupError(
      'FOLDER_IN_USE',
      'The store of an installation that was stopped is still at work: try again in some seconds.',
      { cause: error },
    );
  }
}

async function connect(config: Config, folder: DataFolder) {
  try {
    const secret = readSecretFile(join(folder.root, STORE_SECRET));
    return await connectDatabase(embeddedStoreUri(config, secret), { appName: 'gangway-backup' });
  } catch (error) {
    throw unreachable(config, error);
  }
}

function translate(error: unknown, config: Config): Error {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === HOLD_OVER) return new HoldOver('the store went on writing');
  if (code === BUSY)
    return new BackupError('BACKUP_RUNNING', 'Another backup is being made: wait for it, then try again.');
  if (code === UNKNOWN_COMMAND)
    return new BackupError(
      'GANGWAY_TOO_OLD',
      'The Gangway that runs is older than this command: stop it, start it again, then try again.',
    );
  if (typeof code === 'number')
    return new BackupError(
      'SNAPSHOT_FAILED',
      'The store could not copy itself: logs/store.log in the data folder says why.',
      { cause: error },
    );
  return unreachable(config, error);
}

function unreachable({ store }: Config, cause: unknown): BackupError {
  return new BackupError(
    'STORE_UNREACHABLE',
    `The store of the installation that runs does not answer on port ${store.port}: set GANGWAY_STORE_PORT as for its start, or stop Gangway and try again.`,
    { cause },
  );
}
