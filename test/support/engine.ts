import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActivities } from '../../activities/create-activities.ts';
import { createFileArchiveStore } from '../../activities/archive/file-archive-store.ts';
import { createDirectoryConnector } from '../../activities/connectors/directory/directory-connector.ts';
import { createActivityClock } from '../../activities/ports/activity-clock.ts';
import type { ArchiveStore } from '../../activities/ports/archive-store.ts';
import type { SecretVault } from '../../activities/ports/secret-vault.ts';
import type { ConnectorOf, TargetConnector } from '../../activities/ports/target-connector.ts';
import type { Ports } from '../../activities/steps/step-definition.ts';
import { createDirectory } from '../../directory/create-directory.ts';
import type { Directory } from '../../directory/directory.ts';
import { FIRST_TARGET } from '../../shared/domain/person.ts';
import { taskQueues, type TaskQueues } from '../../shared/contract/task-queues.ts';
import { connectDatabase } from '../../shared/platform/persistence/connect.ts';
import {
  createRepositories,
  ensureIndexes,
  type Repositories,
} from '../../shared/platform/persistence/create-repositories.ts';
import { createDataConverter } from '../../shared/platform/temporal/data-converter.ts';
import { runWorker } from '../../worker/run-worker.ts';
import { stoppableHeartbeat } from '../../worker/stoppable-heartbeat.ts';
import { WORKFLOW_BUNDLE_PATH } from '../../worker/workflow-bundle.ts';
import { BRANCH } from './branch.ts';
import { createMailroom, createMemoryVault, type Mailroom } from './memory-ports.ts';
import { connectToTestTemporal, testVariable, uniqueName, type TestTemporal } from './temporal.ts';

/** A worker with real activities, a real database and the real directory; one for each test file. */
export interface TestEngine {
  readonly temporal: TestTemporal;
  readonly queues: TaskQueues;
  readonly repositories: Repositories;
  readonly directory: Directory;
  /** A second target, `branch`. */
  readonly branch: Directory;
  readonly mailroom: Mailroom;
  readonly vault: SecretVault;
  readonly archiveFolder: string;
  /** What the activities work with. */
  readonly ports: Ports;
  readonly logs: readonly string[];
  /** An organisation's directory as the engine sees it when nothing stands in between. */
  targetOf(orgId: string, target?: string): TargetConnector;
  /** Puts something between the engine and an organisation's directory. */
  interceptTarget(orgId: string, wrap: Wrap<TargetConnector>, target?: string): void;
  /** Changes what the activities of an organisation see of the other ports. */
  interceptPorts(orgId: string, wrap: Wrap<Ports>): void;
  stop(): Promise<void>;
}

type Wrap<T> = (real: T) => T;

/** What other activities than those of cases are made of. */
export interface EngineParts {
  readonly temporal: TestTemporal;
  readonly queues: TaskQueues;
  readonly ports: Ports;
  readonly directories: Readonly<Record<string, Directory>>;
  readonly readings: Readonly<Record<string, Directory>>;
}

export async function startTestEngine(
  options: {
    readonly beside?: (parts: EngineParts) => object;
    /** Absent: queues of its own. */
    readonly queues?: TaskQueues;
  } = {},
): Promise<TestEngine> {
  const temporal = await connectToTestTemporal();
  const uri = testVariable('GANGWAY_TEST_MONGODB_URI');
  const [writes, reads] = await Promise.all([connectDatabase(uri), connectDatabase(uri)]);
  const clock = createActivityClock();
  const sendMail = (): Promise<void> => Promise.resolve();
  const opened = (name?: string) => ({
    writes: createDirectory({ connection: writes.connection, name, clock, sendMail }),
    reads: createDirectory({ connection: reads.connection, name, clock, sendMail }),
  });
  const [directory, branch] = [opened(), opened(BRANCH)];
  const repositories = createRepositories(writes);
  await ensureIndexes(repositories);
  await directory.writes.prepare();
  await branch.writes.prepare();
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
  const real: Readonly<Record<string, ConnectorOf>> = {
    [FIRST_TARGET]: createDirectoryConnector({ ...directory, vault }),
    [BRANCH]: createDirectoryConnector({ ...branch, vault, target: BRANCH }),
  };
  const targetOf = (orgId: string, target = FIRST_TARGET): TargetConnector => real[target]!(orgId);
  const wrapped = (target: string): ConnectorOf => {
    return (orgId) => (targets.get(`${orgId}/${target}`) ?? ((it) => it))(targetOf(orgId, target));
  };
  const archive: ArchiveStore = createFileArchiveStore(archiveFolder);
  const realPorts: Ports = {
    repositories,
    connectors: { [FIRST_TARGET]: wrapped(FIRST_TARGET), [BRANCH]: wrapped(BRANCH) },
    archive,
    notifier: mailroom,
    vault,
    clock,
    publicUrl: 'https://gangway.test',
    heartbeat: stoppableHeartbeat,
    meter: { lockoutProven: () => undefined },
    log: { warn: log, error: log },
  };
  const { queues = taskQueues(uniqueName('test')) } = options;
  const worker = await runWorker({
    connection: temporal.nativeConnection,
    namespace: 'default',
    dataConverter: createDataConverter({ secretKey: undefined }),
    bundlePath: WORKFLOW_BUNDLE_PATH,
    activities: {
      ...routed(realPorts, ports),
      ...options.beside?.({
        temporal,
        queues,
        ports: realPorts,
        directories: { [FIRST_TARGET]: directory.writes, [BRANCH]: branch.writes },
        readings: { [FIRST_TARGET]: directory.reads, [BRANCH]: branch.reads },
      }),
    },
    maxCachedWorkflows: 200,
    queues,
  });
  return {
    temporal,
    queues,
    repositories,
    directory: directory.writes,
    branch: branch.writes,
    mailroom,
    vault,
    archiveFolder,
    ports: realPorts,
    logs,
    targetOf,
    interceptTarget: (orgId, wrap, target = FIRST_TARGET) => void targets.set(`${orgId}/${target}`, wrap),
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
