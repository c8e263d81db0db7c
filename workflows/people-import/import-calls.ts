import { proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow';
import type { ImportActivities, SliceOutcome } from '../../activities/imports/contract.ts';
import { queuesOf } from '../../shared/contract/task-queues.ts';
import type { ImportInput, ImportOutcome } from '../../shared/contract/imports.ts';

export interface ImportCalls {
  stage(): Promise<void>;
  carryOutSlice(): Promise<SliceOutcome>;
  end(): Promise<ImportOutcome>;
}

/** Whatever keeps rows from going on may last for days: it is shown in the import, and tried again. */
const PATIENTLY = {
  scheduleToCloseTimeout: '30 days',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const satisfies ActivityOptions;

/** The activities of one pass. */
export function importCalls({ orgId, importId, mode, number }: ImportInput): ImportCalls {
  const pass = { orgId, importId, mode, number };
  const taskQueue = queuesOf(workflowInfo().taskQueue).bulk;
  const staging = proxyActivities<ImportActivities>({
    ...PATIENTLY,
    ...{ taskQueue, startToCloseTimeout: '12 hours', heartbeatTimeout: '20 seconds' },
    summary: 'Put the rows of the file into the database',
  });
  const slices = proxyActivities<ImportActivities>({
    ...PATIENTLY,
    ...{ taskQueue, startToCloseTimeout: '10 minutes', heartbeatTimeout: '20 seconds' },
    summary: mode === 'run' ? 'Carry out the next rows' : 'Try the next rows',
  });
  const ending = proxyActivities<ImportActivities>({
    ...PATIENTLY,
    ...{ taskQueue, startToCloseTimeout: '1 minute' },
    summary: 'Stop where it stands',
  });
  return {
    stage: () => staging.stageUpload(pass),
    carryOutSlice: () => slices.carryOutSlice(pass),
    end: () => ending.endPass(pass),
  };
}
