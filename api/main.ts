import { join } from 'node:path';
import { ARCHIVES_FOLDER } from '../shared/platform/archive/archive-manifest.ts';
import { createArchiveReader } from '../shared/platform/archive/archive-reader.ts';
import { handoverCapabilitiesOf } from '../shared/domain/target-capabilities.ts';
import { StartError } from '../shared/errors/start/start-error.ts';
import { bringUpToDate } from '../shared/platform/bring-up-to-date.ts';
import { announceReady, exitWithParent, isSupervised } from '../shared/platform/child-process.ts';
import { requireMongodbUri, type Config } from '../shared/platform/config/config.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { writePiecesDurably } from '../shared/platform/files/durable-file.ts';
import { UPLOADS_FOLDER } from '../shared/platform/imports/uploads.ts';
import { localCalendar } from '../shared/platform/local-calendar.ts';
import { createMailCarrier } from '../shared/platform/mail/create-mail-carrier.ts';
import { createLogger } from '../shared/platform/logging.ts';
import { connectDatabase, type Database } from '../shared/platform/persistence/connect.ts';
import { createRepositories, ensureIndexes } from '../shared/platform/persistence/create-repositories.ts';
import { probeDatabase } from '../shared/platform/persistence/probe-database.ts';
import { whyNoDatabase } from '../shared/platform/persistence/why-no-database.ts';
import { giveUp } from '../shared/platform/start/give-up.ts';
import { portError } from '../shared/platform/start/port-error.ts';
import { createCaseEngine } from '../shared/platform/temporal/case-engine.ts';
import { createImportEngine } from '../shared/platform/temporal/import-engine.ts';
import { createReviewEngine } from '../shared/platform/temporal/review-engine.ts';
import { openLazyTemporal } from '../shared/platform/temporal/connect.ts';
import { transliteration } from '../shared/platform/transliteration.ts';
import type { ApiContext } from './api-context.ts';
import { createApp } from './create-app.ts';
import { departingMail } from './departing-mail.ts';
import { keepStartingRequested } from './cases/start-requested.ts';
import { keepEndingTimes } from './departures/end-of-time.ts';
import { firstStart } from './first-start.ts';
import { listen } from './listen.ts';
import { composeMetrics } from './metrics/compose-metrics.ts';
import { keepClearingGivenUp } from './onboardings/clear-given-up.ts';
import { openDirectories } from './open-directories.ts';
import { keepSweepingUploads } from './imports/upload/sweep-uploads.ts';
import { keepSettlingChanges } from './people/changes/keep-settling-changes.ts';
import { keepSendingWelcomes } from './people/credentials/keep-sending-welcomes.ts';
import { watchServing } from './serving.ts';

const REQUESTS_PER_MINUTE = 300;
const PAGE_REQUESTS_PER_MINUTE = 30;
const STREAMS = { perKey: 20, lookEveryMs: 500, heartbeatMs: 15_000 };
/** Requests under way at the end have this long: a command may take ten seconds. */
const CLOSE_AFTER_MS = 11_000;

/** Serves without Temporal (reads, and departures that are started once it is back), but not without a database. */
async function run(config: Config): Promise<void> {
  const uri = requireMongodbUri(config);
  const logger = createLogger('api', config.logLevel);
  const probed = await probeDatabase(uri);
  if (probed.kind === 'refused') throw StartError.of(probed.code, {});
  const database = await connectDatabase(uri, { appName: 'gangway-api' });
  await bringUpToDate(database, 'the API', logger);
  const repositories = createRepositories(database);
  await ensureIndexes(repositories);
  const clock = { now: Date.now };
  const notifier = createMailCarrier(config);
  const sendMail = departingMail(notifier);
  const open = ({ connection }: Database) => openDirectories({ connection, clock, sendMail }, config.targets);
  const directories = await open(database);
  const reading = await connectDatabase(uri, { appName: 'gangway-api-reads' });
  const { directories: readings } = await open(reading);
  const temporal = openLazyTemporal(config);
  const engine = createCaseEngine(temporal.client);
  const stopping = new AbortController();
  const context: ApiContext = {
    repositories,
    ...directories,
    readings,
    handoverCapabilitiesOf,
    engine,
    imports: createImportEngine(temporal.client),
    reviews: createReviewEngine(temporal.client),
    uploads: { folder: join(config.dataFolder, UPLOADS_FOLDER), write: writePiecesDurably },
    archives: createArchiveReader(join(config.dataFolder, ARCHIVES_FOLDER)),
    calendar: localCalendar,
    transliteration,
    notifier,
    logger,
    metrics: composeMetrics({ database, engine, now: clock.now, logger }),
    metricsToken: config.metrics.token,
    stopping: stopping.signal,
    now: clock.now,
    pingStore: () => database.ping(),
    requestsPerMinute: REQUESTS_PER_MINUTE,
    pageRequestsPerMinute: PAGE_REQUESTS_PER_MINUTE,
    publicUrl: config.api.publicUrl,
    streams: STREAMS,
  };
  const app = createApp(context);
  app.set('trust proxy', config.api.proxies);
  const { server, port } = await listen(app, config.api.port, config.api.host).catch((error: unknown) => {
    throw portError(error, { port: config.api.port, what: 'the API', variable: 'GANGWAY_API_PORT' });
  });
  const serving = watchServing(server, stopping);
  const stopBeside = [
    keepStartingRequested(context),
    keepSettlingChanges(context),
    keepSendingWelcomes(context),
    keepEndingTimes(context),
    keepClearingGivenUp(context),
    keepSweepingUploads(context),
  ];
  const { drainMs } = config.api;
  exitWithParent(async () => {
    logger.info({ drainMs }, 'stopping');
    const stopServing = serving.stop({ leadMs: drainMs, withinMs: CLOSE_AFTER_MS });
    await Promise.all([stopServing, ...stopBeside.map((stop) => stop())]);
    await temporal.connection.close();
    await reading.close();
    await database.close();
    logger.info('stopped');
  }, drainMs);
  // Without a supervisor nobody would be told: then `first-key.js` makes it when it is asked for.
  const firstApiKey = isSupervised() ? await firstStart(repositories, clock.now()) : undefined;
  logger.info({ port, probe: probed.extent }, 'the API serves');
  announceReady({ port, ...(firstApiKey === undefined ? {} : { firstApiKey }) });
}

try {
  await run(readConfig(process.env));
} catch (error) {
  giveUp(error, whyNoDatabase);
}
