import { announceReady, exitWithParent } from '../shared/platform/child-process.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { createLogger } from '../shared/platform/logging.ts';
import { whyNoDatabase } from '../shared/platform/persistence/why-no-database.ts';
import { giveUp } from '../shared/platform/start/give-up.ts';
import { startWorker } from './start-worker.ts';

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
