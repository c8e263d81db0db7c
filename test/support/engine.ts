import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heartbeat } from '@temporalio/activity';
import { createActivities } from '../../activities/create-activities.ts';
import { createFileArchiveStore } from '../../activities/archive/file-archive-store.ts';
import { createDirectoryConnector } from '../../activities/connectors/directory/directory-connector.ts';
import { createActivityClock } from '../../activities/ports/activity-clock.ts';
import type { ArchiveStore } from '../../activities/ports/archive-store.ts';
import type { SecretVault } from '../../activities/ports/secret-vault.ts';
import type { TargetConnector } from '../../activities/ports/target-connector.ts';
import type { Ports } from '../../activities/steps/step-definition.ts';
import { createDirectory } from '../../directory/create-directory.ts';
import type { Directory } from '../../directory/directory.ts';
import { taskQueues, type TaskQueues } from '../../shared/contract/task-queues.ts';
import { connectDatabase } from '../../shared/platform/persistence/connect.ts';
import {
  createRepositories,
  ensureIndexes,
  type Repositories,
} from '../../shared/platform/persistence/create-repositories.ts';
import { createDataConverter } from '../../shared/platform/temporal/data-converter.ts';
import { runWorker } from '../../worker/run-worker.ts';
import { WORKFLOW_BUNDLE_PATH } from '../../worker/workflow-bundle.ts';
import { createMailroom, createMemoryVault, type Mailroom } from './memory-ports.ts';
import { connectToTestTemporal, testVariable, uniqueName, type TestTemporal } from './temporal.ts';

/** A worker with real activities, a real database and the real directory; one for each test file. */
export interface TestEngine {
  readonly temporal: TestTemporal;
  readonly queues: TaskQueues;
  readonly repositories: Repositories;
  readonly directory: Directory;
  readonly mailroom: Mailroom;
  readonly vault: SecretVault;
  readonly archiveFolder: string;
  /** What the activities work with. */
  readonly ports: Ports;
  readonly logs: readonly string[];
  /** An organisation's directory as the engine sees it when nothing stands in between. */
  targetOf(orgId: string): TargetConnector;
  /** Puts something between the engine and an organisation's directory. */
  interceptTarget(orgId: string, wrap: Wrap<TargetConnector>): void;
  /** Changes what the activities of an organisation see of the other ports. */
  interceptPorts(orgId: string, wrap: Wrap<Ports>): void;
  stop(): Promise<void>;
}

type Wrap<T> = (real: T) => T;

export async function startTestEngine(): Promise<TestEngine> {
  const temporal = await connectToTestTemporal();
  const uri = testVariable('GANGWAY_TEST_MONGODB_URI');
  const [writes, reads] = await Promise.all([connectDatabase(uri), connectDatabase(uri)]);
  const clock = createActivityClock();
  const sendMail = (): Promise<void> => Promise.resolve();
  const directory = createDirectory({ connection: writes.connection, clock, sendMail });
  const repositories = createRepositories(writes);
  await ensureIndexes(repositories);
  await directory.prepare();
  const archiveFolder = await mkdtemp(join(tmpdir(), 'gangway-archive-'));
  const vault = createMemoryVault();
  const mailroom = createMailroom();
  const targets = new Map<string, Wrap<TargetConnector>>();
  const ports = new Map<string, Wrap<Ports>>();
  const logs: string[] = [];
  const log = (fields: Readonly<Record<string, unknown>>, message: string): void => {
    logs.push(
      JSON.stringify({
        ...fields,
        message,
        err: fields['err'] instanceof Error ? fields['err'].message : undefined,
      }),
    );
  };
  const connectorOf = createDirectoryConnector({
    writes: directory,
    reads: createDirectory({ connection: reads.connection, clock, sendMail }),
    vault,
  });
  const archive: ArchiveStore = createFileArchiveStore(archiveFolder);
  const real: Ports = {
    repositories,
    connectors: { directory: (orgId) => (targets.get(orgId) ?? ((it) => it))(connectorOf(orgId)) },
    archive,
    notifier: mailroom,
    vault,
    clock,
    heartbeat,
    log: { warn: log, error: log },
  };
  const queues = taskQueues(uniqueName('test'));
  const worker = await runWorker({
    connection: temporal.nativeConnection,
    namespace: 'default',
    dataConverter: createDataConverter({ secretKey: undefined }),
    bundlePath: WORKFLOW_BUNDLE_PATH,
    activities: routed(real, ports),
    maxCachedWorkflows: 200,
    queues,
  });
  return {
    temporal,
    queues,
    repositories,
    directory,
    mailroom,
    vault,
    archiveFolder,
    ports: real,
    logs,
    targetOf: connectorOf,
    interceptTarget: (orgId, wrap) => void targets.set(orgId, wrap),
    interceptPorts: (orgId, wrap) => void ports.set(orgId, wrap),
    async stop() {
      await worker.stop();
      await temporal.close();
      await writes.close();
      await reads.close();
      await rm(archiveFolder, { recursive: true, force: true });
    },
  };
}

/** Gives each organisation activities over its own ports. */
function routed(real: Ports, wraps: ReadonlyMap<string, Wrap<Ports>>): object {
  type AnyActivity = (input: { readonly orgId: string }) => Promise<unknown>;
  const activities = createActivities(real);
  return Object.fromEntries(
    Object.keys(activities).map((name) => [
      name,
      (input: { readonly orgId: string }) => {
        const wrap = wraps.get(input.orgId);
        const own = wrap === undefined ? activities : createActivities(wrap(real));
        return (own as unknown as Record<string, AnyActivity>)[name]?.(input);
      },
    ]),
  );
}
