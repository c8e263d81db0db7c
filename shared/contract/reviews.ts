/** Tells the workflow of a review that something was decided: it looks into the database. Carries nothing. */
export const REVIEW_CHANGED = 'reviewChanged';

/** Input of the workflow of a review. Opaque ids and numbers only. */
export interface ReviewInput {
  readonly orgId: string;
  readonly definitionId: string;
  /** Continue as new after so many slices. */
  readonly slicesPerRun: number;
  /** Absent: it begins. */
  readonly reviewId?: string;
}

export interface ReviewOutcome {
  /** `not_held`: the definition was removed, or another review of it is under way. */
  readonly state: 'completed' | 'cancelled' | 'not_held';
}
