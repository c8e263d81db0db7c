/** Everything Temporal may start. The exported names are the workflow types of `shared/contract/workflows.ts`. */
export { deletion } from './deletion/deletion.ts';
export { departure } from './departure/departure.ts';
export { leave } from './leave/leave.ts';
export { onboarding } from './onboarding/onboarding.ts';
export { peopleImport } from './people-import/people-import.ts';
export { reconcile } from './reconcile/reconcile.ts';
export { review } from './review/review.ts';
export { roleChange } from './role-change/role-change.ts';
