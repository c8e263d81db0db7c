import { patched, proxyActivities } from '@temporalio/workflow';
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
  const result = await startRequestedCases();
  // A run of the version before may be under way when this one takes over.
  if (patched('recheck-contacts')) {
    const { recheckContacts } = proxyActivities<ReconcileActivities>({
      taskQueue: targetsQueue(),
      startToCloseTimeout: '2 minutes',
      scheduleToCloseTimeout: '4 minutes',
      summary: 'Look whether the contacts of running auto-replies can answer',
    });
    await recheckContacts();
  }
  if (patched('spread-freezes')) {
    const { spreadFreezes } = proxyActivities<ReconcileActivities>({
      taskQueue: targetsQueue(),
      startToCloseTimeout: '2 minutes',
      scheduleToCloseTimeout: '4 minutes',
      summary: 'Have open cases know whether their organisation is frozen',
    });
    await spreadFreezes();
  }
  if (patched('destroy-archives')) {
    const { destroyExpiredArchives } = proxyActivities<ReconcileActivities>({
      taskQueue: targetsQueue(),
      startToCloseTimeout: '2 minutes',
      scheduleToCloseTimeout: '4 minutes',
      summary: 'Destroy archives whose retention is over',
    });
    await destroyExpiredArchives();
  }
  return result;
}
