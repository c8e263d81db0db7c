import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities, ReconcileResult } from '../../activities/reconcile/contract.ts';
import { TASK_QUEUES } from '../../shared/contract/task-queues.ts';

const { startRequestedCases } = proxyActivities<ReconcileActivities>({
  taskQueue: TASK_QUEUES.targets,
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '5 minutes',
  summary: 'Start cases that are only in the database',
});

/** Closes the gap between database and Temporal. Run by a schedule; a run that fails is followed by the next. */
export async function reconcile(): Promise<ReconcileResult> {
  return startRequestedCases();
}
