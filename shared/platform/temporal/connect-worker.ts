import { NativeConnection } from '@temporalio/worker';
import { temporalAddress } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { unreachable } from './unreachable.ts';

/**
 * The connection of a worker; the caller closes it after the worker has stopped. In a file of its own because it loads
 * the SDK's native core, which a client does not need. Throws a StartError when nothing answers.
 */
export async function connectWorker(config: Pick<Config, 'temporal'>): Promise<NativeConnection> {
  const address = temporalAddress(config);
  try {
    return await NativeConnection.connect({ address });
  } catch (error) {
    throw await unreachable(address, error);
  }
}
