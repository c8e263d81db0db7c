/** Workflow types as Temporal knows them. Renaming one breaks open cases. */
export const WORKFLOWS = { departure: 'departure', reconcile: 'reconcile' } as const;

/** The id of the schedule that closes gaps between the database and Temporal. */
export const RECONCILE_SCHEDULE_ID = 'gangway-reconcile';
