import type { ActivityInterceptorsFactory, NativeConnection } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { TaskQueues } from '../shared/contract/task-queues.ts';

export interface WorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  /** Path of the workflow bundle. */
  readonly bundlePath: string;
  readonly activities: object;
  readonly maxCachedWorkflows: number;
  readonly queues: TaskQueues;
  /** Stands around every attempt of an activity. */
  readonly observeActivities?: ActivityInterceptorsFactory;
}

export interface RunningWorker {
  /** Rejects when a worker fails; resolves after `stop`. */
  readonly stopped: Promise<void>;
  /** Takes no new task and lets what is under way come to its end, for at most the grace time. */
  stop(): Promise<void>;
}

const GRACE = '10 seconds';
/** Each keeps the database busy, or a core with hashes: two leave room for people. */
const BULK_AT_ONCE = 2;

/**
 * One worker for the decisions of cases and imports, one for everything that touches a target, one for rows of imports. The first has
 * the activities as well: it runs the projection as a local activity.
 */
export async function runWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { connection, namespace, dataConverter, activities } = options;
  const { observeActivities: observe } = options;
  const common = {
    ...{ connection, namespace, dataConverter, activities, shutdownGraceTime: GRACE },
    ...(observe === undefined ? {} : { interceptors: { activity: [observe] } }),
  };
  const orchestration = await Worker.create({
    ...common,
    taskQueue: options.queues.orchestration,
    workflowBundle: { codePath: options.bundlePath },
    maxCachedWorkflows: options.maxCachedWorkflows,
  });
  const targets = await Worker.create({ ...common, taskQueue: options.queues.targets });
  const bulk = await Worker.create({
    ...common,
    taskQueue: options.queues.bulk,
    maxConcurrentActivityTaskExecutions: BULK_AT_ONCE,
  });
  const workers = [orchestration, targets, bulk];
  const stopped = Promise.all(workers.map((worker) => worker.run())).then(() => undefined);
  return {
    stopped,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await stopped;
    },
  };
}
