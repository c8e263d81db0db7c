import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../shared/platform/config/config.ts';
import { distFolder } from '../../shared/platform/config/package-root.ts';
import type { Environment } from '../../shared/platform/config/read-secret.ts';
import { download } from '../downloads/run-download.ts';
import type { DownloadOptions } from '../downloads/run-download.ts';
import { ensureSecretFile, readSecretFile } from '../host/data-folder.ts';
import type { DataFolder } from '../host/data-folder.ts';
import type { ChildCommand } from '../processes/run-child.ts';
import { GUARDIAN_ENTRY } from '../temporal/temporal-child.ts';
import type { DatabaseChoice } from './choose-database.ts';

export interface Database {
  readonly source: DatabaseChoice['source'];
  /** With its credentials: for the children's environment only. */
  readonly uri: string;
  /** Absent when somebody else runs it. */
  readonly child?: ChildCommand;
}

export interface PreparationOptions {
  readonly config: Config;
  readonly folder: DataFolder;
  /** Of the server, and of a download. */
  readonly env: Environment;
  readonly embeddedEntry: string | undefined;
  readonly download: Omit<DownloadOptions, 'cacheFolder' | 'env'>;
}

const DATABASE_NAME = 'gangway';
/** Names a file in the data folder. */
export const STORE_SECRET = 'store-secret';
const EMBEDDED_ENTRY = join(distFolder, 'standalone', 'store', 'main.js');

/** Fetches what has to be fetched. Nothing is started yet. Throws a StartError. */
export async function prepareDatabase(
  choice: DatabaseChoice,
  options: PreparationOptions,
): Promise<Database> {
  switch (choice.source) {
    case 'MONGODB_URI':
      return choice;
    case 'mongod':
      return ownMongod(choice.source, choice.command, options);
    case 'downloaded mongod': {
      const { config, env } = options;
      const how = { ...options.download, cacheFolder: config.cacheFolder, env };
      return ownMongod(choice.source, await download('mongod', how), options);
    }
    case 'embedded store':
      return embeddedStore(options);
  }
}

function embeddedStore({ config, folder, env, embeddedEntry }: PreparationOptions): Database {
  const { port } = config.store;
  const secretFile = ensureSecretFile(folder, STORE_SECRET, 'hex');
  return {
    source: 'embedded store',
    uri: embeddedStoreUri(config, readSecretFile(secretFile)),
    child: {
      name: 'store',
      entry: embeddedEntry ?? EMBEDDED_ENTRY,
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
function ownMongod(
  source: Database['source'],
  command: string,
  { config, folder, env }: PreparationOptions,
): Database {
  const port = String(config.store.port);
  mkdirSync(folder.mongod, { recursive: true });
  return {
    source,
    uri: `mongodb://127.0.0.1:${port}/${DATABASE_NAME}?directConnection=true`,
    child: {
      name: 'store',
      entry: GUARDIAN_ENTRY,
      args: [
        join(folder.run, 'store-server.pid'),
        port,
        command,
        ...['--dbpath', folder.mongod, '--bind_ip', '127.0.0.1', '--port', port, '--quiet'],
      ],
      env,
    },
  };
}
