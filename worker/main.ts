import { announceFailure, announceReady, exitWithParent } from '../shared/platform/child-process.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { createLogger } from '../shared/platform/logging.ts';
import { startWorker } from './start-worker.ts';

const config = readConfig(process.env);
const logger = createLogger('worker', config.logLevel);

try {
  const worker = await startWorker({ config, logger });
  exitWithParent(() => worker.stop());
  announceReady();
  logger.info('ready');
  await worker.stopped;
} catch (error) {
  logger.fatal({ err: error }, 'the worker gives up');
  announceFailure('WORKER_FAILED', error instanceof Error ? error.message : 'The worker could not start.');
  process.exit(1);
}
