import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../shared/platform/config/config.ts';
import { chooseDatabase } from '../database/choose-database.ts';
import { dataFolderAt } from '../host/data-folder.ts';
import type { DataFolder } from '../host/data-folder.ts';
import { BackupError } from './backup-error.ts';

/**
 * The data folder of an installation that keeps both of its databases in it. Half a backup would be none: where a database
 * is elsewhere, only its own tools can copy it, and a BackupError says so.
 */
export function requireOwnInstallation(config: Config, path: string | undefined): DataFolder {
  const { dataFolder } = config;
  const folder = dataFolderAt(existsSync(dataFolder) ? realpathSync(dataFolder) : dataFolder);
  const elsewhere = whatIsElsewhere(config, folder, path);
  if (elsewhere !== undefined) {
    throw new BackupError(
      'DATABASE_ELSEWHERE',
      `A backup is of an installation that keeps everything in its data folder, but ${elsewhere}: copy both databases with their own tools.`,
    );
  }
  if (!existsSync(folder.temporalDatabase) || !existsSync(join(folder.store, 'data'))) {
    throw new BackupError(
      'NO_INSTALLATION',
      `There is no installation in ${dataFolder}: set GANGWAY_DATA to its data folder.`,
    );
  }
  return folder;
}

function whatIsElsewhere(config: Config, folder: DataFolder, path: string | undefined): string | undefined {
  if (config.temporal.externalAddress !== undefined) return 'Temporal is at TEMPORAL_ADDRESS';
  const { source } = chooseDatabase(config, folder, path);
  return source === 'embedded store'
    ? undefined
    : `the database is ${source === 'MONGODB_URI' ? 'at MONGODB_URI' : 'a mongod'}`;
}
