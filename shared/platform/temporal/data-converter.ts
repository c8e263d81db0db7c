import type { DataConverter } from '@temporalio/common';
import type { Config } from '../config/config.ts';

/**
 * The one converter for every client, worker and replay: whoever reads a history must read it as it was written.
 * Payloads are plain JSON; a codec added here must still read payloads written without it.
 */
export const createDataConverter: (config: Pick<Config, 'secretKey'>) => DataConverter = () => ({
  payloadCodecs: [],
});
