import { patched, proxyActivities } from '@temporalio/workflow';
import type { ImportChores } from '../../activities/imports/contract.ts';
import type { ReviewChores } from '../../activities/reviews/contract.ts';
import type { ReconcileActivities, ReconcileResult } from '../../activities/reconcile/contract.ts';
import { targetsQueue } from '../case/targets-queue.ts';

/** What came after the first version, by its patch: a run of the version before may be under way when this one takes over. */
const CHORES = [
  {
    patch: 'recheck-contacts',
    activity: 'recheckContacts',
    summary: 'Look whether the contacts of running auto-replies can answer',
  },
  {
    patch: 'spread-freezes',
    activity: 'spreadFreezes',
    summary: 'Have open cases know whether their organisation is frozen',
  },
  {
    patch: 'destroy-archives',
    activity: 'destroyExpiredArchives',
    summary: 'Destroy archives whose retention is over',
  },
  {
    patch: 'send-digests',
    activity: 'sendDigests',
    summary: 'Tell organisations what is due, late and red today',
  },
  {
    patch: 'write-exports',
    activity: 'writeExports',
    summary: 'Write the file of people of the day',
  },
  {
    patch: 'tell-imports',
    activity: 'tellImports',
    summary: 'Tell imports what they do not know yet',
  },
  {
    patch: 'tidy-imports',
    activity: 'tidyImports',
    summary: 'End imports that nobody launched, remove rows of old ones',
  },
  {
    patch: 'repair-review-schedules',
    activity: 'repairReviewSchedules',
    summary: 'Have the schedules of reviews as their definitions say',
  },
  {
    patch: 'tell-reviews',
    activity: 'tellReviews',
    summary: 'Tell reviews what they do not know yet',
  },
] as const;

/** Closes the gap between database and Temporal, and does what comes up every day. Run by a schedule; a run that fails is followed by the next. */
export async function reconcile(): Promise<ReconcileResult> {
  const { startRequestedCases } = proxyActivities<ReconcileActivities>({
    taskQueue: targetsQueue(),
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: '5 minutes',
    summary: 'Start cases that are only in the database',
  });
  const result = await startRequestedCases();
  const failures: unknown[] = [];
  for (const { patch, activity, summary } of CHORES) {
    if (!patched(patch)) continue;
    const activities = proxyActivities<ReconcileActivities & ImportChores & ReviewChores>({
      taskQueue: targetsQueue(),
      startToCloseTimeout: '2 minutes',
      scheduleToCloseTimeout: '4 minutes',
      summary,
    });
    // One chore that fails keeps nobody from the next; the run fails all the same.
    try {
      await activities[activity]();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return result;
}
