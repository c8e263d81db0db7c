export interface ReconcileResult {
  readonly started: number;
}

export interface ReconcileActivities {
  /** Starts every case that was written to the database while Temporal could not be reached. Starting twice is one start. */
  startRequestedCases(): Promise<ReconcileResult>;
  /** Has every open case know whether its organisation is frozen. */
  spreadFreezes(): Promise<{ readonly told: number }>;
  /** Has running auto-replies name somebody else whose contact cannot answer any more. Asking twice is asking once. */
  recheckContacts(): Promise<{ readonly reapplied: number }>;
  /** Destroys archives whose retention is over. Twice is once. */
  destroyExpiredArchives(): Promise<{ readonly destroyed: number }>;
  /** Tells each organisation once a day what is due, late and red. */
  sendDigests(): Promise<{ readonly sent: number }>;
  /** Writes each organisation's file of people of the day. Twice is once. */
  writeExports(): Promise<{ readonly written: number }>;
}
