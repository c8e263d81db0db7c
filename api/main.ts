import { join } from 'node:path';
import { createArchiveReader } from '../shared/platform/archive/archive-reader.ts';
import { handoverCapabilitiesOf } from '../shared/domain/target-capabilities.ts';
import { bringUpToDate } from '../shared/platform/bring-up-to-date.ts';
import { announceFailure, announceReady, exitWithParent } from '../shared/platform/child-process.ts';
import { ConfigError } from '../shared/platform/config/config-error.ts';
import { requireMongodbUri, type Config } from '../shared/platform/config/config.ts';
import { errorCode } from '../shared/platform/config/error-code.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { localCalendar } from '../shared/platform/local-calendar.ts';
import { createMailCarrier } from '../shared/platform/mail/create-mail-carrier.ts';
import { createLogger } from '../shared/platform/logging.ts';
import { connectDatabase } from '../shared/platform/persistence/connect.ts';
import { createRepositories, ensureIndexes } from '../shared/platform/persistence/create-repositories.ts';
import { MigrationError } from '../shared/platform/persistence/migrations/migration-error.ts';
import { probeDatabase } from '../shared/platform/persistence/probe-database.ts';
import { StoreUnavailable } from '../shared/platform/persistence/store-unavailable.ts';
import { createCaseEngine } from '../shared/platform/temporal/case-engine.ts';
import { openLazyTemporal } from '../shared/platform/temporal/connect.ts';
import type { ApiContext } from './api-context.ts';
import { createApp } from './create-app.ts';
import { departingMail } from './departing-mail.ts';
import { keepStartingRequested } from './departures/start-requested.ts';
import { firstStart } from './first-start.ts';
import { listen } from './listen.ts';
import { composeMetrics } from './metrics/compose-metrics.ts';
import { openDirectories } from './open-directories.ts';
import { watchServing } from './serving.ts';

const REQUESTS_PER_MINUTE = 300;
const PAGE_REQUESTS_PER_MINUTE = 30;
/** Requests under way at the end have this long: a command may take ten seconds. */
const CLOSE_AFTER_MS = 11_000;

/** The start is given up: told to the supervisor in one sentence. */
class CannotStart extends Error {
  override readonly name = 'CannotStart';
  readonly code: string;

  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Serves without Temporal (reads, and departures that are started once it is back), but not without a database. */
async function run(config: Config): Promise<void> {
  const uri = requireMongodbUri(config);
  const logger = createLogger('api', config.logLevel);
  const probed = await probeDatabase(uri);
  if (probed.kind === 'refused') throw new CannotStart(probed.code, probed.sentence);
  const database = await connectDatabase(uri, { appName: 'gangway-api' });
  await bringUpToDate(database, 'the API', logger);
  const repositories = createRepositories(database);
  await ensureIndexes(repositories);
  const clock = { now: Date.now };
  const sendMail = departingMail(createMailCarrier(config));
  const directories = await openDirectories(
    { connection: database.connection, clock, sendMail },
    config.targets,
  );
  const temporal = openLazyTemporal(config);
  const engine = createCaseEngine(temporal.client);
  const stopping = new AbortController();
  const context: ApiContext = {
    repositories,
    ...directories,
    handoverCapabilitiesOf,
    engine,
    archives: createArchiveReader(join(config.dataFolder, 'archives')),
    calendar: localCalendar,
    logger,
    metrics: composeMetrics({ database, engine, now: clock.now, logger }),
    metricsToken: config.metrics.token,
    stopping: stopping.signal,
    now: clock.now,
    pingStore: () => database.ping(),
    requestsPerMinute: REQUESTS_PER_MINUTE,
    pageRequestsPerMinute: PAGE_REQUESTS_PER_MINUTE,
    publicUrl: config.api.publicUrl,
  };
  const { server, port } = await listen(createApp(context), config.api.port);
  const serving = watchServing(server, stopping);
  const stopStarting = keepStartingRequested(context);
  const { drainMs } = config.api;
  exitWithParent(async () => {
    logger.info({ drainMs }, 'stopping');
    await Promise.all([serving.stop({ leadMs: drainMs, withinMs: CLOSE_AFTER_MS }), stopStarting()]);
    await temporal.connection.close();
    await database.close();
    logger.info('stopped');
  }, drainMs);
  const firstApiKey = await firstStart(repositories, clock.now());
  logger.info({ port, probe: probed.extent }, 'the API serves');
  announceReady({ port, ...(firstApiKey === undefined ? {} : { firstApiKey }) });
}

function explain(error: unknown): { readonly code: string; readonly sentence: string } | undefined {
  if (
    error instanceof ConfigError ||
    error instanceof CannotStart ||
    error instanceof StoreUnavailable ||
    error instanceof MigrationError
  )
    return { code: error.code, sentence: error.message };
  if (errorCode(error) === 'EADDRINUSE')
    return { code: 'PORT_TAKEN', sentence: 'The port of the API is taken: set GANGWAY_API_PORT to another.' };
  return undefined;
}

try {
  await run(readConfig(process.env));
} catch (error) {
  const reason = explain(error);
  if (reason === undefined) throw error;
  announceFailure(reason.code, reason.sentence);
  process.stderr.write(`${reason.sentence}\n`);
  process.exit(1);
}
