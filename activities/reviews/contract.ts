/** One review. Opaque ids only. */
export interface ReviewRef {
  readonly orgId: string;
  readonly reviewId: string;
}

/** `phase`: what an administrator reads in the Temporal UI. */
export type ReviewStep =
  | { readonly kind: 'more'; readonly phase: string }
  /** Without an instant: until somebody decides something. */
  | { readonly kind: 'wait'; readonly untilMs?: number; readonly phase: string }
  | { readonly kind: 'ended'; readonly state: 'completed' | 'cancelled'; readonly phase: string };

export interface ReviewStart {
  readonly orgId: string;
  readonly definitionId: string;
  readonly workflowId: string;
  /** Of the first run of the workflow. */
  readonly runId: string;
  /** The workflow's now. */
  readonly asOfMs: number;
}

/** What a review does outside its workflow. Each may run twice; the second time changes nothing. No name ever comes here. */
export interface ReviewActivities {
  /** Writes the review with the terms of its definition as they are now. `undefined`: none is held. */
  openReview(start: ReviewStart): Promise<{ readonly reviewId: string } | undefined>;
  /** Goes on where the review stands, for some seconds. */
  advanceReview(review: ReviewRef & { readonly asOfMs: number }): Promise<ReviewStep>;
}

/** What the reconciler does about reviews. Twice is once. */
export interface ReviewChores {
  /** Has the schedule of every definition as the definition says; makes one that was lost again. */
  repairReviewSchedules(): Promise<{ readonly repaired: number }>;
  /** Tells reviews what they do not know yet. */
  tellReviews(): Promise<{ readonly told: number }>;
}
