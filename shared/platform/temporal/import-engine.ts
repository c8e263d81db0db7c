import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  type Client,
} from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import type { ImportEngine, PassRef } from '../../contract/import-engine.ts';
import { IMPORT_CHANGED, type ImportInput } from '../../contract/imports.ts';
import { taskQueues, type TaskQueues } from '../../contract/task-queues.ts';
import { WORKFLOWS } from '../../contract/workflows.ts';
import { importWorkflowId } from '../../domain/imports/people-import.ts';
import { isOutage } from './is-outage.ts';

export interface ImportEngineOptions {
  readonly deadlineMs?: number;
  readonly slicesPerRun?: number;
  readonly queues?: TaskQueues;
}

const ORG_ID = defineSearchAttributeKey('OrgId', 'KEYWORD');
const PHASE = defineSearchAttributeKey('Phase', 'KEYWORD');

/** The Temporal UI shows it above an import. */
const TITLES = { dry_run: 'Dry run of import', run: 'Import' } as const;

export function createImportEngine(
  client: Pick<Client, 'workflow' | 'withDeadline'>,
  options: ImportEngineOptions = {},
): ImportEngine {
  const { deadlineMs = 4_000, slicesPerRun = 200, queues = taskQueues() } = options;
  return {
    async tell(pass) {
      try {
        await client.withDeadline(Date.now() + deadlineMs, () =>
          client.workflow.signalWithStart(WORKFLOWS.peopleImport, {
            ...startOptions(pass, slicesPerRun, queues),
            signal: IMPORT_CHANGED,
          }),
        );
        return 'told';
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'over';
        if (isOutage(error)) return 'unavailable';
        throw error;
      }
    },
  };
}

/** Ids and numbers only: nothing of the file goes to Temporal. */
function startOptions({ orgId, importId, mode, number }: PassRef, slicesPerRun: number, queues: TaskQueues) {
  const input: ImportInput = { orgId, importId, mode, number, slicesPerRun };
  return {
    args: [input],
    taskQueue: queues.orchestration,
    workflowId: importWorkflowId(orgId, importId, mode, number),
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: `${TITLES[mode]} ${importId}`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: ORG_ID, value: orgId },
      { key: PHASE, value: mode },
    ]),
  };
}
