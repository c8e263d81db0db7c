import { join } from 'node:path';
import { createFileArchiveStore } from '../activities/archive/file-archive-store.ts';
import { createDirectoryConnector } from '../activities/connectors/directory/directory-connector.ts';
import type { Clock } from '../activities/ports/clock.ts';
import type { ConnectorOf } from '../activities/ports/target-connector.ts';
import type { Ports } from '../activities/steps/step-definition.ts';
import { requireSameKey } from '../activities/vault/require-same-key.ts';
import { createSealedVault } from '../activities/vault/sealed-vault.ts';
import { createDirectory } from '../directory/create-directory.ts';
import type { Directory } from '../directory/directory.ts';
import { FIRST_TARGET } from '../shared/domain/person.ts';
import { ARCHIVES_FOLDER } from '../shared/platform/archive/archive-manifest.ts';
import { bringUpToDate } from '../shared/platform/bring-up-to-date.ts';
import { requireMongodbUri, requireSecretKey, type Config } from '../shared/platform/config/config.ts';
import type { Logger } from '../shared/platform/logging.ts';
import { createMailCarrier } from '../shared/platform/mail/create-mail-carrier.ts';
import { connectDatabase } from '../shared/platform/persistence/connect.ts';
import { createRepositories, ensureIndexes } from '../shared/platform/persistence/create-repositories.ts';
import { createSecretRepository } from '../shared/platform/persistence/secret-repository.ts';
import { stoppableHeartbeat } from './stoppable-heartbeat.ts';

export interface ComposedPorts {
  readonly ports: Ports;
  /** What requests are carried out on, by target, and the same over the connection that only reads. */
  readonly directories: Readonly<Record<string, Directory>>;
  readonly readings: Readonly<Record<string, Directory>>;
  /** Throws when the database does not answer. */
  readonly pingStore: () => Promise<void>;
  close(): Promise<void>;
}

export interface PortOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly meter: Ports['meter'];
  /** Stands between the engine and the first directory; the real connector unless said otherwise. */
  readonly interceptDirectory?: (real: ConnectorOf, writes: Directory) => ConnectorOf;
}

/** Connects what the activities need: two connections to the database, so that no read-back shares one with a write. */
export async function composePorts(config: Config, options: PortOptions): Promise<ComposedPorts> {
  const { clock, logger } = options;
  const uri = requireMongodbUri(config);
  const [writing, reading] = await Promise.all([
    connectDatabase(uri, { appName: 'gangway-worker' }),
    connectDatabase(uri, { appName: 'gangway-worker-read-back' }),
  ]);
  await bringUpToDate(writing, 'the worker', logger);
  const repositories = createRepositories(writing);
  const secrets = createSecretRepository(writing.connection);
  const sendMail = (): Promise<void> => Promise.reject(new Error('the worker delivers no mail'));
  await ensureIndexes(repositories);
  const vault = createSealedVault(secrets, requireSecretKey(config));
  const organisation = await repositories.organisations.only();
  if (organisation !== undefined) await requireSameKey(vault, secrets, organisation.id);
  const connectors: Record<string, ConnectorOf> = {};
  const directories: Record<string, Directory> = {};
  const readings: Record<string, Directory> = {};
  for (const name of [undefined, ...config.targets]) {
    const writes = createDirectory({ connection: writing.connection, name, clock, sendMail });
    const reads = createDirectory({ connection: reading.connection, name, clock, sendMail });
    await writes.prepare();
    const target = name ?? FIRST_TARGET;
    directories[target] = writes;
    readings[target] = reads;
    const real = createDirectoryConnector({ writes, reads, vault, target });
    connectors[target] = (name === undefined && options.interceptDirectory?.(real, writes)) || real;
  }
  return {
    ...{ directories, readings, pingStore: () => writing.ping() },
    ports: {
      repositories,
      connectors,
      archive: createFileArchiveStore(join(config.dataFolder, ARCHIVES_FOLDER)),
      notifier: createMailCarrier(config),
      vault,
      clock,
      publicUrl: config.api.publicUrl,
      heartbeat: stoppableHeartbeat,
      meter: options.meter,
      log: logger,
    },
    async close() {
      await writing.close();
      await reading.close();
    },
  };
}
