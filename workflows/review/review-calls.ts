import { proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow';
import type { ReviewActivities, ReviewStep } from '../../activities/reviews/contract.ts';
import type { ReviewInput } from '../../shared/contract/reviews.ts';
import { queuesOf } from '../../shared/contract/task-queues.ts';

export interface ReviewCalls {
  /** `undefined`: no review is held. */
  open(): Promise<string | undefined>;
  advance(reviewId: string): Promise<ReviewStep>;
}

/** Whatever keeps a review from going on may last for days: it is shown in the review, and tried again. */
const PATIENTLY = {
  scheduleToCloseTimeout: '60 days',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const satisfies ActivityOptions;

/** The activities of one review, told what time it is by the clock of their workflow. */
export function reviewCalls({ orgId, definitionId }: ReviewInput): ReviewCalls {
  const { workflowId, firstExecutionRunId: runId, taskQueue } = workflowInfo();
  const bulk = queuesOf(taskQueue).bulk;
  const opening = proxyActivities<ReviewActivities>({
    ...PATIENTLY,
    ...{ taskQueue: bulk, startToCloseTimeout: '1 minute' },
    summary: 'Begin the review',
  });
  const going = proxyActivities<ReviewActivities>({
    ...PATIENTLY,
    ...{ taskQueue: bulk, startToCloseTimeout: '10 minutes', heartbeatTimeout: '20 seconds' },
    summary: 'Go on with the review',
  });
  return {
    async open() {
      const start = { orgId, definitionId, workflowId, runId, asOfMs: Date.now() };
      return (await opening.openReview(start))?.reviewId;
    },
    advance: (reviewId) => going.advanceReview({ orgId, reviewId, asOfMs: Date.now() }),
  };
}
