import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { createActivities } from '../activities/create-activities.ts';
import { createActivityClock } from '../activities/ports/activity-clock.ts';
import { createApp } from '../api/create-app.ts';
import { createApiMetrics } from '../api/metrics/api-metrics.ts';
import { openDirectories } from '../api/open-directories.ts';
import { firstStart } from '../api/first-start.ts';
import { DEFAULT_CASE_POLICY, type CasePolicy } from '../shared/contract/case.ts';
import { taskQueues } from '../shared/contract/task-queues.ts';
import type { ActivityKind } from '../shared/domain/step-kinds.ts';
import { ARCHIVES_FOLDER } from '../shared/platform/archive/archive-manifest.ts';
import { createArchiveReader } from '../shared/platform/archive/archive-reader.ts';
import { writePiecesDurably } from '../shared/platform/files/durable-file.ts';
import { UPLOADS_FOLDER } from '../shared/platform/imports/uploads.ts';
import { readConfig } from '../shared/platform/config/read-config.ts';
import { handoverCapabilitiesOf } from '../shared/domain/target-capabilities.ts';
import { localCalendar } from '../shared/platform/local-calendar.ts';
import { transliteration } from '../shared/platform/transliteration.ts';
import { createLogger } from '../shared/platform/logging.ts';
import { connectDatabase } from '../shared/platform/persistence/connect.ts';
import { createRepositories } from '../shared/platform/persistence/create-repositories.ts';
import { createCaseEngine } from '../shared/platform/temporal/case-engine.ts';
import { createImportEngine } from '../shared/platform/temporal/import-engine.ts';
import { createReviewEngine } from '../shared/platform/temporal/review-engine.ts';
import { connectWorker } from '../shared/platform/temporal/connect-worker.ts';
import { connectTemporal } from '../shared/platform/temporal/connect.ts';
import { createDataConverter } from '../shared/platform/temporal/data-converter.ts';
import { fastForward, workflowClock } from '../standalone/private-engine/fast-forward.ts';
import { startPrivateServers } from '../standalone/private-engine/private-servers.ts';
import { createProgressPrinter } from '../standalone/temporal/print-progress.ts';
import { composePorts } from '../worker/compose-ports.ts';
import { installRuntime } from '../worker/install-runtime.ts';
import { runWorker } from '../worker/run-worker.ts';
import { WORKFLOW_BUNDLE_PATH } from '../worker/workflow-bundle.ts';
import { withBrokenTarget } from './broken-target.ts';

/** A whole engine of its own: real server, real store, real worker and API, but a clock that can be moved. */
export interface DemoEngine {
  /** Address of the API. */
  readonly url: string;
  /** Text of a key with every scope. */
  readonly firstKey: string;
  readonly outboxFolder: string;
  /** Moves the clock of a case to an instant; the directory's clock follows. */
  moveTo(workflowId: string, atMs: number): Promise<void>;
  stop(): Promise<void>;
}

const NO_LIMIT = 1_000_000;

/** As long as always, but with fewer tries on the way, so that two days of a target that is down pass within seconds. */
const SPARSE_RETRIES: CasePolicy = {
  ...DEFAULT_CASE_POLICY,
  retries: {
    ...DEFAULT_CASE_POLICY.retries,
    dayZero: { ...DEFAULT_CASE_POLICY.retries.dayZero, longestRetryMs: 4 * 3_600_000 },
  },
};

export async function startDemoEngine(broken: ActivityKind | undefined): Promise<DemoEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'gangway-demo-'));
  const servers = await startPrivateServers({ folder, onProgress: createProgressPrinter(process.stderr) });
  const config = readConfig({
    GANGWAY_DATA: folder,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    MONGODB_URI: servers.mongodbUri,
    GANGWAY_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    GANGWAY_LOG_LEVEL: 'fatal',
  });
  const logger = createLogger('demo', config.logLevel);
  installRuntime(logger);
  const clock = createActivityClock();
  const queues = taskQueues();
  const { connection, client } = await connectTemporal(config);
  const composed = await composePorts(config, { clock, logger, meter: { lockoutProven: () => undefined } });
  const nativeConnection = await connectWorker(config);
  const { ports } = composed;
  const worker = await runWorker({
    connection: nativeConnection,
    namespace: config.temporal.namespace,
    dataConverter: createDataConverter(config),
    bundlePath: WORKFLOW_BUNDLE_PATH,
    activities: broken === undefined ? createActivities(ports) : withBrokenTarget(ports, broken),
    maxCachedWorkflows: config.worker.maxCachedWorkflows,
    queues,
  });
  const database = await connectDatabase(servers.mongodbUri);
  const repositories = createRepositories(database);
  const sendMail = (): Promise<void> => Promise.resolve();
  const directories = await openDirectories(
    { connection: database.connection, clock, sendMail },
    config.targets,
  );
  const server = createApp({
    repositories,
    ...directories,
    readings: directories.directories,
    engine: createCaseEngine(client, {
      queues,
      policy: broken === undefined ? DEFAULT_CASE_POLICY : SPARSE_RETRIES,
    }),
    imports: createImportEngine(client, { queues }),
    reviews: createReviewEngine(client, { queues }),
    uploads: { folder: join(config.dataFolder, UPLOADS_FOLDER), write: writePiecesDurably },
    archives: createArchiveReader(join(config.dataFolder, ARCHIVES_FOLDER)),
    handoverCapabilitiesOf,
    calendar: localCalendar,
    transliteration,
    notifier: ports.notifier,
    logger,
    metrics: createApiMetrics(new Registry()),
    metricsToken: undefined,
    stopping: new AbortController().signal,
    now: Date.now,
    pingStore: () => database.ping(),
    pageRequestsPerMinute: NO_LIMIT,
    publicUrl: 'http://127.0.0.1',
    requestsPerMinute: NO_LIMIT,
    streams: { perKey: NO_LIMIT, lookEveryMs: 500, heartbeatMs: 15_000 },
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const firstKey = await firstStart(repositories, Date.now());
  if (firstKey === undefined) throw new Error('the private database is not new');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    firstKey,
    outboxFolder: config.mail.outboxFolder,
    async moveTo(workflowId, atMs) {
      const aheadMs = atMs - (await workflowClock(connection, workflowId));
      if (aheadMs > 0) await fastForward(connection, workflowId, aheadMs);
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await worker.stop();
      await nativeConnection.close();
      await connection.close();
      await composed.close();
      await database.close();
      await servers.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
