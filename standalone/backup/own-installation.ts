import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../shared/platform/config/config.ts';
import { dataFolderAt } from '../host/data-folder.ts';
import type { DataFolder } from '../host/data-folder.ts';
import { findOnPath } from '../host/find-on-path.ts';
import { BackupError } from './backup-error.ts';

/**
 * The data folder of an installation that keeps both of its databases in it. Half a backup would be none: where a database
 * is elsewhere, only its own tools can copy it, and a BackupError says so.
 */
export function requireOwnInstallation(config: Config, path: string | undefined): DataFolder {
  const elsewhere = whatIsElsewhere(config, path);
  if (elsewhere !== undefined) {
    throw new BackupError(
      'DATABASE_ELSEWHERE',
      `A backup is of an installation that keeps everything in its data folder, but ${elsewhere}: copy both databases with their own tools.`,
    );
  }
  const { dataFolder } = config;
  const folder = existsSync(dataFolder) ? dataFolderAt(realpathSync(dataFolder)) : undefined;
  if (
    folder === undefined ||
    !existsSync(folder.temporalDatabase) ||
    !existsSync(join(folder.store, 'data'))
  ) {
    throw new BackupError(
      'NO_INSTALLATION',
      `There is no installation in ${dataFolder}: set GANGWAY_DATA to its data folder.`,
    );
  }
  return folder;
}

function whatIsElsewhere({ temporal, store }: Config, path: string | undefined): string | undefined {
  if (store.externalUri !== undefined) return 'the database is at MONGODB_URI';
  if (temporal.externalAddress !== undefined) return 'Temporal is at TEMPORAL_ADDRESS';
  if (findOnPath('mongod', path) !== undefined) return 'the database is the mongod on PATH';
  return undefined;
}
