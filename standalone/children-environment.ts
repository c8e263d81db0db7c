import { temporalAddress } from '../shared/platform/config/config.ts';
import type { Config } from '../shared/platform/config/config.ts';
import type { Environment } from '../shared/platform/config/read-secret.ts';
import { ensureSecretFile, SECRET_KEY } from './host/data-folder.ts';
import type { DataFolder } from './host/data-folder.ts';

/** Our variables, and those that would change what the `temporal` command does. */
const SETTINGS = /^(GANGWAY_|TEMPORAL_|MONGODB_)/;

/** For servers, which need no secret of ours. */
export function serverEnvironment(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SETTINGS.test(name)));
}

/**
 * For the worker and the API: what the supervisor was given, and in place of what was left unset the server, the database
 * and the key that it provides. The key is made once and kept in the data folder.
 */
export function applicationEnvironment(
  env: Environment,
  config: Config,
  folder: DataFolder,
  databaseUri: string,
): Environment {
  const { MONGODB_URI_FILE: _replaced, ...rest } = env;
  const key =
    config.secretKey === undefined
      ? { GANGWAY_SECRET_KEY_FILE: ensureSecretFile(folder, SECRET_KEY, 'base64') }
      : {};
  return {
    ...rest,
    ...key,
    GANGWAY_DATA: folder.root,
    TEMPORAL_ADDRESS: temporalAddress(config),
    MONGODB_URI: databaseUri,
  };
}
