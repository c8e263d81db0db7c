import { join } from 'node:path';
import type { Registry } from 'prom-client';
import { createActivities } from '../activities/create-activities.ts';
import { systemClock } from '../activities/ports/system-clock.ts';
import { PEOPLE_EXPORTS_FOLDER } from '../activities/exports/write-exports.ts';
import { createReconcileActivities } from '../activities/reconcile/reconcile-activities.ts';
import { taskQueues } from '../shared/contract/task-queues.ts';
import { StartError } from '../shared/errors/start/start-error.ts';
import type { Config } from '../shared/platform/config/config.ts';
import { systemReason } from '../shared/platform/config/error-code.ts';
import type { Logger } from '../shared/platform/logging.ts';
import { createRegistry } from '../shared/platform/metrics/create-registry.ts';
import { answerMetrics } from '../shared/platform/metrics/metrics-channel.ts';
import { serveMetrics, type MetricsServer } from '../shared/platform/metrics/metrics-server.ts';
import { createCaseEngine } from '../shared/platform/temporal/case-engine.ts';
import { createImportEngine } from '../shared/platform/temporal/import-engine.ts';
import { createReviewEngine } from '../shared/platform/temporal/review-engine.ts';
import { connectTemporal } from '../shared/platform/temporal/connect.ts';
import { connectWorker } from '../shared/platform/temporal/connect-worker.ts';
import { createDataConverter } from '../shared/platform/temporal/data-converter.ts';
import { prepareNamespace } from '../shared/platform/temporal/prepare-namespace.ts';
import { composeImports } from './compose-imports.ts';
import { composeReviews } from './compose-reviews.ts';
import { composePorts, type PortOptions } from './compose-ports.ts';
import { ensureReconcileSchedule } from './ensure-reconcile-schedule.ts';
import { installRuntime } from './install-runtime.ts';
import { createWorkerMetrics, type WorkerMetrics } from './metrics/worker-metrics.ts';
import { observeActivities } from './observe-activities.ts';
import { runWorker, type RunningWorker } from './run-worker.ts';
import { WORKFLOW_BUNDLE_PATH } from './workflow-bundle.ts';

export interface WorkerStart {
  readonly config: Config;
  readonly logger: Logger;
  readonly interceptDirectory?: PortOptions['interceptDirectory'];
}

/**
 * Starts the worker process: prepares the namespace, connects everything and takes tasks. Throws `StartError` or
 * `StoreUnavailable` when something it needs is missing.
 */
export async function startWorker({
  config,
  logger,
  interceptDirectory,
}: WorkerStart): Promise<RunningWorker> {
  installRuntime(logger, config.metrics.temporalAddress);
  const registry = createRegistry('worker');
  const metrics = createWorkerMetrics(registry);
  const { connection, client } = await connectTemporal(config);
  const { namespace } = config.temporal;
  await prepareNamespace(connection, namespace);
  const composed = await composePorts(config, {
    clock: systemClock,
    logger,
    meter: metrics.meter,
    ...(interceptDirectory === undefined ? {} : { interceptDirectory }),
  });
  const queues = taskQueues();
  const { repositories, connectors, archive, notifier } = composed.ports;
  const engine = createCaseEngine(client, { queues });
  const engines = {
    ...{ engine, logger },
    importEngine: createImportEngine(client, { queues }),
    reviewEngine: createReviewEngine(client, { queues }),
  };
  const nativeConnection = await connectWorker(config);
  const worker = await runWorker({
    connection: nativeConnection,
    namespace,
    dataConverter: createDataConverter(config),
    bundlePath: WORKFLOW_BUNDLE_PATH,
    activities: {
      ...createActivities(composed.ports),
      ...createReconcileActivities({
        ...{ repositories, connectors, archive, notifier, engine, starter: engine },
        exportsFolder: join(config.dataFolder, PEOPLE_EXPORTS_FOLDER),
        now: () => systemClock.now(),
      }),
      ...composeImports(config, composed, engines),
      ...composeReviews(config, composed, engines),
    },
    maxCachedWorkflows: config.worker.maxCachedWorkflows,
    queues,
    observeActivities: observeActivities(metrics, logger),
  });
  await ensureReconcileSchedule(client, queues);
  const served = await tellMetrics(config, registry, metrics);
  return {
    stopped: worker.stopped,
    async stop() {
      metrics.takesTasks(false);
      await worker.stop();
      await served?.close();
      await nativeConnection.close();
      await composed.close();
      await connection.close();
    },
  };
}

/** To the supervisor, and at an address of its own where there is one. */
async function tellMetrics(
  { metrics: { token, workerAddress } }: Config,
  registry: Registry,
  metrics: WorkerMetrics,
): Promise<MetricsServer | undefined> {
  const read = () => registry.metrics();
  metrics.takesTasks(true);
  answerMetrics(process, read);
  if (workerAddress === undefined) return undefined;
  try {
    return await serveMetrics({ address: workerAddress, token, read, isHealthy: metrics.isTakingTasks });
  } catch (error) {
    const expectation = `cannot be listened on (${systemReason(error)})`;
    throw StartError.of('BAD_VARIABLE', { variable: 'GANGWAY_METRICS_ADDRESS', expectation });
  }
}
