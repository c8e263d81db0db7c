import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../shared/platform/config/config.ts';
import { distFolder } from '../../shared/platform/config/package-root.ts';
import type { Environment } from '../../shared/platform/config/read-secret.ts';
import { ensureSecretFile, readSecretFile } from '../host/data-folder.ts';
import type { DataFolder } from '../host/data-folder.ts';
import { findOnPath } from '../host/find-on-path.ts';
import type { ChildCommand } from '../processes/run-child.ts';
import { GUARDIAN_ENTRY } from '../temporal/temporal-child.ts';

export interface Database {
  readonly source: 'MONGODB_URI' | 'mongod' | 'embedded store';
  /** With its credentials: for the children's environment only. */
  readonly uri: string;
  /** Absent when somebody else runs it. */
  readonly child?: ChildCommand;
}

const DATABASE_NAME = 'gangway';
/** Names a file in the data folder. */
export const STORE_SECRET = 'store-secret';
const EMBEDDED_ENTRY = join(distFolder, 'standalone', 'store', 'main.js');

/** `MONGODB_URI`, else a `mongod` on PATH, else the embedded store. Nothing is started yet. */
export function chooseDatabase(
  config: Config,
  folder: DataFolder,
  env: Environment,
  embeddedEntry = EMBEDDED_ENTRY,
): Database {
  const { externalUri } = config.store;
  if (externalUri !== undefined) return { source: 'MONGODB_URI', uri: externalUri };
  const mongod = findOnPath('mongod', env['PATH']);
  return mongod === undefined
    ? embedded(config, folder, env, embeddedEntry)
    : local(mongod, config, folder, env);
}

function embedded(config: Config, folder: DataFolder, env: Environment, entry: string): Database {
  const { port } = config.store;
  const secretFile = ensureSecretFile(folder, STORE_SECRET, 'hex');
  return {
    source: 'embedded store',
    uri: embeddedStoreUri(config, readSecretFile(secretFile)),
    child: {
      name: 'store',
      entry,
      args: [`--data-folder=${folder.root}`],
      env: {
        ...env,
        GANGWAY_STORE_FOLDER: folder.store,
        GANGWAY_STORE_PORT: String(port),
        GANGWAY_STORE_SECRET_FILE: secretFile,
      },
    },
  };
}

/** How the embedded store is reached, with its secret. */
export function embeddedStoreUri({ store }: Pick<Config, 'store'>, secret: string): string {
  const options = 'authMechanism=PLAIN&authSource=$external&directConnection=true';
  return `mongodb://gangway:${secret}@127.0.0.1:${store.port}/${DATABASE_NAME}?${options}`;
}

/** On the loopback interface and without a password, as mongod does by itself; said in the summary. */
function local(mongod: string, config: Config, folder: DataFolder, env: Environment): Database {
  const port = String(config.store.port);
  mkdirSync(folder.mongod, { recursive: true });
  return {
    source: 'mongod',
    uri: `mongodb://127.0.0.1:${port}/${DATABASE_NAME}?directConnection=true`,
    child: {
      name: 'store',
      entry: GUARDIAN_ENTRY,
      args: [
        join(folder.run, 'store-server.pid'),
        port,
        mongod,
        ...['--dbpath', folder.mongod, '--bind_ip', '127.0.0.1', '--port', port, '--quiet'],
      ],
      env,
    },
  };
}
