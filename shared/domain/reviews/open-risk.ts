import type { Finding, FindingState } from './finding.ts';

/** Nobody need look at these again before the next review. */
const SEEN_TO: readonly FindingState[] = ['kept', 'attested', 'done'];

/**
 * Whether a finding is as it was found, and nobody said that it may be: nobody decided, it could not be carried out, or it was called
 * off. A sign-in answers a finding; so does whoever did the same before.
 */
export function isOpenRisk({ state, action }: Pick<Finding, 'state' | 'action'>): boolean {
  if (SEEN_TO.includes(state)) return false;
  const why = action?.withdrawnFor;
  return state !== 'withdrawn' || (why !== 'SIGNED_IN' && why !== 'ALREADY_SO');
}
