import { createServer, type Server, type Socket } from 'node:net';
import type { CommandContext } from './commands/command.ts';
import { createCursorRegistry } from './commands/cursor-registry.ts';
import { SILENT_LOGGER, type StoreLogger } from './logger.ts';
import { SILENT_OBSERVER, type StoreObserver } from './observer.ts';
import { countDocuments } from './query/count-by-index.ts';
import { createCatalog } from './storage/catalog.ts';
import { createCollectionStore } from './storage/collection-store.ts';
import { openEnvironment } from './storage/environment.ts';
import { createSnapshots } from './storage/snapshots.ts';
import { createWriteQueue } from './storage/write-queue.ts';
import { STORE_USER } from './wire/authenticate.ts';
import { serveConnection } from './wire/connection.ts';

/**
 * A document store for one machine that speaks a subset of MongoDB's wire protocol. It acknowledges a write only after
 * it is flushed to the disk, listens on 127.0.0.1 only, and refuses whatever it does not implement.
 */
export interface StoreOptions {
  readonly folder: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly secret: string;
  readonly logger?: StoreLogger;
  readonly observer?: StoreObserver;
}

export interface RunningStore {
  /** Complete, with the secret: not for logs. */
  readonly uri: string;
  readonly port: number;
  readonly figures: () => StoreFigures;
  /** Documents of each collection, by `database.collection`; some milliseconds for each 100,000. */
  readonly countDocuments: () => ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

/** What costs nothing to know. */
export interface StoreFigures {
  readonly connections: number;
  readonly cursors: number;
  readonly fileBytes: number;
}

const HOST = '127.0.0.1';
const MIN_SECRET_LENGTH = 16;

export async function startStore(options: StoreOptions): Promise<RunningStore> {
  const { secret, logger = SILENT_LOGGER, observer = SILENT_OBSERVER } = options;
  if (secret.length < MIN_SECRET_LENGTH || secret.includes('\0')) {
    throw new Error(`the secret of the store must have at least ${MIN_SECRET_LENGTH} characters`);
  }
  const environment = await openEnvironment(options.folder);
  const catalog = createCatalog(environment.catalog);
  const writes = createWriteQueue(environment.entries, observer);
  const context: CommandContext = {
    entries: environment.entries,
    catalog,
    documents: createCollectionStore(environment.entries, catalog),
    writes,
    snapshots: createSnapshots(options.folder, environment, writes),
    cursors: createCursorRegistry(),
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, { context, secret, logger, observer });
  });
  const close = async (): Promise<void> => {
    context.cursors.close();
    await context.writes.drain();
    await environment.close();
  };
  try {
    const port = await listen(server, options.port);
    return {
      uri: uriOf(port, secret),
      port,
      figures: () => ({
        connections: sockets.size,
        cursors: context.cursors.size(),
        fileBytes: environment.fileBytes(),
      }),
      countDocuments: () =>
        new Map(
          catalog.listAll().map((one) => [one.namespace, countDocuments(environment.entries, one)] as const),
        ),
      close: async () => {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        for (const socket of sockets) socket.destroy();
        await closed;
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: HOST, port, exclusive: true }, () => {
      server.off('error', reject);
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('the store got no port'));
    });
  });
}

function uriOf(port: number, secret: string): string {
  const options = 'authMechanism=PLAIN&authSource=%24external&directConnection=true';
  return `mongodb://${STORE_USER}:${encodeURIComponent(secret)}@${HOST}:${port}/gangway?${options}`;
}
