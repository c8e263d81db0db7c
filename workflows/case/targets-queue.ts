import { workflowInfo } from '@temporalio/workflow';
import { queuesOf } from '../../shared/contract/task-queues.ts';

/** Where the activities of this workflow run. */
export function targetsQueue(): string {
  return queuesOf(workflowInfo().taskQueue).targets;
}
