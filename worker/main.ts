import { setFlagsFromString } from 'node:v8';
import { announceReady, exitWithParent } from '../shared/platform/child-process.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { createLogger } from '../shared/platform/logging.ts';
import { whyNoDatabase } from '../shared/platform/persistence/why-no-database.ts';
import { giveUp } from '../shared/platform/start/give-up.ts';
import { startWorker } from './start-worker.ts';

/**
 * A large import or review makes garbage faster than V8 thinks worth tidying: by itself it lets the heap grow to a multiple of what lives
 * in it first. So it tidies once the heap has grown by this share.
 */
const HEAP_GROWS_BY_PERCENT = 40;
setFlagsFromString(`--heap-growing-percent=${HEAP_GROWS_BY_PERCENT}`);

try {
  const config = readConfig(process.env);
  const logger = createLogger('worker', config.logLevel);
  const worker = await startWorker({ config, logger });
  exitWithParent(() => worker.stop());
  announceReady();
  logger.info('ready');
  await worker.stopped;
} catch (error) {
  giveUp(error, whyNoDatabase);
}
