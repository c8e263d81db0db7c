import { existsSync, readdirSync } from 'node:fs';
import { StartError } from '../../shared/errors/start/start-error.ts';
import type { Config } from '../../shared/platform/config/config.ts';
import { downloadedFile } from '../downloads/run-download.ts';
import type { DataFolder } from '../host/data-folder.ts';
import { findOnPath } from '../host/find-on-path.ts';

/** Which database a start uses. Nothing was fetched or started yet. */
export type DatabaseChoice =
  | { readonly source: 'MONGODB_URI'; readonly uri: string }
  | { readonly source: 'mongod'; readonly command: string }
  | { readonly source: 'downloaded mongod' }
  | { readonly source: 'embedded store' };

/**
 * `MONGODB_URI`, else a `mongod` on PATH, else one that was or may be downloaded, else the embedded store. An installation
 * stays with the kind that holds its data: a mongod that appears or goes must not make it look empty. Throws a StartError
 * where what holds the data is not there.
 */
export function chooseDatabase(config: Config, folder: DataFolder, path: string | undefined): DatabaseChoice {
  const { externalUri } = config.store;
  if (externalUri !== undefined) return { source: 'MONGODB_URI', uri: externalUri };
  const isAskedFor = config.downloads.includes('mongod');
  const [inStore, inMongod] = [holdsData(folder.store), holdsData(folder.mongod)];
  if (inStore && !inMongod) {
    if (isAskedFor) throw StartError.of('STORE_IS_EMBEDDED', { folder: folder.store });
    return { source: 'embedded store' };
  }
  const command = findOnPath('mongod', path);
  if (command !== undefined) return { source: 'mongod', command };
  const isThere = existsSync(downloadedFile('mongod', config.cacheFolder));
  if (isAskedFor || (inMongod && isThere)) return { source: 'downloaded mongod' };
  if (inMongod) throw StartError.of('MONGOD_MISSING', { folder: folder.mongod });
  return { source: 'embedded store' };
}

function holdsData(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0;
}
