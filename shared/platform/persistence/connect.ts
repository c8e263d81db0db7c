import { createConnection, type Connection } from 'mongoose';
import { StoreUnavailable } from './store-unavailable.ts';

/** One process's connection to the database. */
export interface Database {
  readonly connection: Connection;
  /** Resolves when the database answers; throws `StoreUnavailable`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Shown in the database's own list of connections, e.g. `gangway-api`. */
  readonly appName?: string;
  readonly maxPoolSize?: number;
  /** How long an operation waits for a reachable server before it fails. */
  readonly serverSelectionTimeoutMs?: number;
}

/**
 * Acknowledged is what no failover and no power cut takes back; what most members did not keep in time counts as an outage.
 * As single options these stand above what the address says; as one `writeConcern` they would not.
 */
const KEPT_FOR_GOOD = { w: 'majority', journal: true, wtimeoutMS: 10_000 } as const;

/**
 * Connects, or throws `StoreUnavailable`. Commands are never kept back for a later connection: without one they fail at
 * once. A connection that is lost later is taken up again by the driver.
 */
export async function connectDatabase(uri: string, options: ConnectOptions = {}): Promise<Database> {
  const connection = createConnection(uri, {
    appName: options.appName ?? 'gangway',
    maxPoolSize: options.maxPoolSize ?? 50,
    serverSelectionTimeoutMS: options.serverSelectionTimeoutMs ?? 5_000,
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    // Operators that arrive as values are compared, not obeyed.
    sanitizeFilter: true,
    // An absent field stays absent; without this the driver stores null.
    ignoreUndefined: true,
    retryWrites: false,
    ...KEPT_FOR_GOOD,
    // A copy that lags behind would let a proof look at yesterday.
    readPreference: 'primary',
  });
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.close();
    throw new StoreUnavailable('The database cannot be reached, or refuses the sign-in.', { cause: error });
  }
  return {
    connection,
    async ping() {
      try {
        if (connection.db === undefined) throw new Error('not connected');
        await connection.db.command({ ping: 1 });
      } catch (error) {
        throw new StoreUnavailable('The database did not answer a ping.', { cause: error });
      }
    },
    close: () => connection.close(),
  };
}
