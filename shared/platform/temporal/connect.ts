import { Client, Connection } from '@temporalio/client';
import { temporalAddress } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { createDataConverter } from './data-converter.ts';
import { checkServerVersion } from './server-version.ts';
import { unreachable } from './unreachable.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** gRPC itself waits up to two minutes before it tries again, and refuses every call meanwhile. */
const LONGEST_RECONNECT_PAUSE_MS = 5_000;

export interface TemporalLink {
  readonly connection: Connection;
  readonly client: Client;
  readonly serverVersion: string;
}

type TemporalConfig = Pick<Config, 'temporal' | 'secretKey'>;

/** A client with our namespace and data converter on a connection the caller owns and closes. */
function createTemporalClient(connection: Connection, config: TemporalConfig): Client {
  return new Client({
    connection,
    namespace: config.temporal.namespace,
    dataConverter: createDataConverter(config),
  });
}

/**
 * Connects now and checks the server's version. Throws a StartError that names the address when nothing answers
 * within `timeoutMs` or the server is too old.
 */
export async function connectTemporal(
  config: TemporalConfig,
  timeoutMs = CONNECT_TIMEOUT_MS,
): Promise<TemporalLink> {
  const address = temporalAddress(config);
  const connection = await openConnection(address, timeoutMs);
  try {
    const serverVersion = await checkServerVersion(connection, address);
    return { connection, client: createTemporalClient(connection, config), serverVersion };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Connects with the first call, so that the API boots and answers reads while Temporal is down. */
export function openLazyTemporal(config: TemporalConfig): Omit<TemporalLink, 'serverVersion'> {
  const connection = Connection.lazy({
    address: temporalAddress(config),
    connectTimeout: CONNECT_TIMEOUT_MS,
    channelArgs: { 'grpc.max_reconnect_backoff_ms': LONGEST_RECONNECT_PAUSE_MS },
  });
  return { connection, client: createTemporalClient(connection, config) };
}

async function openConnection(address: string, timeoutMs: number): Promise<Connection> {
  try {
    return await Connection.connect({
      address,
      connectTimeout: timeoutMs,
      channelArgs: { 'grpc.max_reconnect_backoff_ms': LONGEST_RECONNECT_PAUSE_MS },
    });
  } catch (error) {
    throw await unreachable(address, error);
  }
}
