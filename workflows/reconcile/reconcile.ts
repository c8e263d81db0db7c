import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities, ReconcileResult } from '../../activities/reconcile/contract.ts';
import { targetsQueue } from '../case/targets-queue.ts';

/** Closes the gap between database and Temporal. Run by a schedule; a run that fails is followed by the next. */
export async function reconcile(): Promise<ReconcileResult> {
  const { startRequestedCases } = proxyActivities<ReconcileActivities>({
    taskQueue: targetsQueue(),
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: '5 minutes',
    summary: 'Start cases that are only in the database',
  });
  return startRequestedCases();
}
