import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import type { TaskQueues } from '../shared/contract/task-queues.ts';
import { RECONCILE_SCHEDULE_ID, WORKFLOWS } from '../shared/contract/workflows.ts';

/** Creates the schedule that starts cases which are only in the database. Repeating it changes nothing. */
export async function ensureReconcileSchedule(client: Client, queues: TaskQueues): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: RECONCILE_SCHEDULE_ID,
      spec: { intervals: [{ every: '5 minutes' }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
      action: {
        type: 'startWorkflow',
        workflowType: WORKFLOWS.reconcile,
        workflowId: 'reconcile',
        taskQueue: queues.orchestration,
        workflowExecutionTimeout: '10 minutes',
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  await client.schedule.getHandle(RECONCILE_SCHEDULE_ID).trigger(ScheduleOverlapPolicy.SKIP);
}
