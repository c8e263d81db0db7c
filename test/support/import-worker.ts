import { createActivityClock } from '../../activities/ports/activity-clock.ts';
import { createImportActivities } from '../../activities/imports/import-activities.ts';
import type { PassRef } from '../../shared/contract/import-engine.ts';
import { taskQueues, type TaskQueues } from '../../shared/contract/task-queues.ts';
import { importWorkflowId, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { createImportEngine } from '../../shared/platform/temporal/import-engine.ts';
import { createDataConverter } from '../../shared/platform/temporal/data-converter.ts';
import { runWorker } from '../../worker/run-worker.ts';
import { stoppableHeartbeat } from '../../worker/stoppable-heartbeat.ts';
import { WORKFLOW_BUNDLE_PATH } from '../../worker/workflow-bundle.ts';
import { fastForward } from './fast-forward.ts';
import { createFakeDesk } from './imports.ts';
import { eventually } from './installation.ts';
import { stagedImport, type StagedOptions } from './staged-import.ts';
import { connectToTestTemporal, uniqueName } from './temporal.ts';
import { openTestRepositories } from './test-repositories.ts';

/** Workers that carry out imports with a desk that makes nobody, on queues of their own. */
export async function startImportWorker({ slicesPerRun = 200 }: { readonly slicesPerRun?: number } = {}) {
  const temporal = await connectToTestTemporal();
  const repositories = await openTestRepositories();
  const queues: TaskQueues = taskQueues(uniqueName('imports'));
  const clock = createActivityClock();
  const desk = createFakeDesk(() => clock.now());
  const engine = createImportEngine(temporal.realTimeClient, { queues, slicesPerRun });
  const silent = (): void => undefined;
  const work = () =>
    runWorker({
      ...{ connection: temporal.nativeConnection, namespace: 'default', bundlePath: WORKFLOW_BUNDLE_PATH },
      ...{ dataConverter: createDataConverter({ secretKey: undefined }), maxCachedWorkflows: 50, queues },
      activities: createImportActivities({
        ...{ repositories, desk, clock, heartbeat: stoppableHeartbeat, importEngine: engine },
        ...{ uploadsFolder: '/nowhere', log: { warn: silent, error: silent } },
      }),
    });
  let worker = await work();

  /** A staged import whose workflow is told of it. */
  async function begin(options: StagedOptions, mode: PassRef['mode'] = 'run') {
    const staged = await stagedImport(repositories, options);
    const pass = mode === 'run' ? staged.run : staged.dryRun();
    const workflowId = importWorkflowId(staged.orgId, staged.id, mode, pass.number);
    await engine.tell(pass);
    return {
      ...staged,
      ...{ pass, workflowId, handle: temporal.realTimeClient.workflow.getHandle(workflowId) },
      /** As the API does it: written first, told afterwards. */
      async decide(changes: Parameters<typeof staged.change>[0]) {
        await staged.change({ ...changes, unheard: true });
        return engine.tell(pass);
      },
      async until(isSo: (theImport: PeopleImport) => boolean): Promise<PeopleImport> {
        let last: PeopleImport | undefined;
        await eventually(async () => isSo((last = await staged.now())), 30_000);
        return last!;
      },
      forward: (ms: number) => fastForward(temporal.connection, workflowId, ms),
      /** When each row was made, in the order of rows, by the clock of the workflow. */
      made: () => {
        const own = [...desk.made].filter(([key]) => key.startsWith(`${staged.id}.`));
        return own.map(([, atMs]) => atMs);
      },
    };
  }

  return {
    ...{ temporal, repositories, queues, desk, engine, begin },
    async replaceWorker() {
      await worker.stop();
      worker = await work();
    },
    async stop() {
      await worker.stop();
      await temporal.close();
      await repositories.close();
    },
  };
}
export type ImportWorker = Awaited<ReturnType<typeof startImportWorker>>;
