/** The states a case can be in, as people read them. `legalHold` is no state: it is a property of the person. */
export const CASE_STATES = [
  'scheduled',
  'running',
  'needs_attention',
  'guard_held',
  'paused',
  'grace',
  'completed',
  'completed_with_exceptions',
  'cancelled',
  'undone',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

const CLOSED_CASE_STATES = [
  'completed',
  'completed_with_exceptions',
  'cancelled',
  'undone',
] as const satisfies readonly CaseState[];
export const OPEN_CASE_STATES = CASE_STATES.filter(
  (state) => !(CLOSED_CASE_STATES as readonly CaseState[]).includes(state),
);

/** The kinds of case. Routes, ids, search attributes and files use these words. */
export const CASE_KINDS = ['onboarding', 'role_change', 'leave', 'departure', 'deletion'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** What became of a step. Only `done` was read back from the target; `attested` is a person's word. */
export const STEP_STATUSES = [
  'waiting',
  'running',
  'retrying',
  'done',
  'attested',
  'not_applicable',
  'skipped',
  'failed',
] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** The results a plan can go on from. */
export const SETTLED_STATUSES = [
  'done',
  'attested',
  'not_applicable',
  'skipped',
] as const satisfies readonly StepStatus[];

export function isSettled(status: StepStatus): boolean {
  return (SETTLED_STATUSES as readonly StepStatus[]).includes(status);
}
