export interface ReconcileResult {
  readonly started: number;
}

export interface ReconcileActivities {
  /** Starts every case that was written to the database while Temporal could not be reached. Starting twice is one start. */
  startRequestedCases(): Promise<ReconcileResult>;
}
