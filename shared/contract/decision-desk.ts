import type { Finding } from '../domain/reviews/finding.ts';

/**
 * `started`: a case that has to prove itself. `proven`: done, and read back. `refused`: by the code of the API; trying again does not
 * help. `later`: something else is being done with the same person, and the same may be possible in a moment.
 */
export type DecisionOutcome =
  | { readonly kind: 'started'; readonly caseId: string }
  | { readonly kind: 'proven' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'later' };

/**
 * Carries out what was decided about a finding as the API carries out requests: by the same checks, through the same guard, as
 * whoever decided. Repeated it has one effect. A database or a target that does not answer is thrown.
 */
export interface DecisionDesk {
  carryOut(finding: Finding): Promise<DecisionOutcome>;
}
