import type { CaseKind } from '../domain/case-states.ts';

/** The workflow type of each kind of case, as Temporal knows it. Renaming one breaks open cases. */
export const CASE_WORKFLOWS = {
  onboarding: 'onboarding',
  role_change: 'roleChange',
  leave: 'leave',
  departure: 'departure',
  deletion: 'deletion',
} as const satisfies Readonly<Record<CaseKind, string>>;

export const WORKFLOWS = {
  ...CASE_WORKFLOWS,
  peopleImport: 'peopleImport',
  review: 'review',
  reconcile: 'reconcile',
} as const;

/** The id of the schedule that closes gaps between the database and Temporal. */
export const RECONCILE_SCHEDULE_ID = 'gangway-reconcile';
