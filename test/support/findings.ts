import type { DecidedWhat, Decision } from '../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../shared/domain/reviews/finding.ts';
import { USUAL_TERMS } from '../../shared/domain/reviews/review-definition.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import { newId } from '../../shared/platform/new-id.ts';
import { NOW_MS } from './test-api.ts';

/** When something was decided, unless a test says otherwise. */
export const DECIDED_AT_MS = NOW_MS;

export function aReview(orgId: string, more: Partial<Review> = {}): Review {
  const id = more.id ?? newId('rvw');
  return {
    ...{ id, orgId, rev: 0, definitionId: newId('rvd'), workflowId: `review:${id}` },
    terms: { ...USUAL_TERMS, name: 'Every quarter', timeZone: 'Europe/Zurich' },
    ...{ state: 'open', startedAtMs: NOW_MS, sent: [], unheard: false },
    reviewed: { people: 0, accounts: 0 },
    ...more,
  };
}

export function aFinding(review: Review, more: Partial<Finding> = {}): Finding {
  const id = more.id ?? newId('fnd');
  return {
    ...{ id, orgId: review.orgId, rev: 0, reviewId: review.id, rule: 'inactive', key: id },
    ...{ value: 120, threshold: 90, evidence: {}, proposes: 'disable', needsSecond: false },
    ...{ foundAtMs: NOW_MS, state: 'open' },
    ...more,
  };
}

/** Decided by somebody who may do everything. */
export function decided(
  what: DecidedWhat,
  more: Partial<Decision> = {},
): Pick<Finding, 'state' | 'decision' | 'nextAtMs'> {
  const by = { ownerId: 'own_decider', via: 'key', scopes: ['people:*', 'cases:*', 'departures:*'] } as const;
  const decision = { ...what, reason: 'not needed any more', by, atMs: DECIDED_AT_MS, ...more } as Decision;
  return { state: 'decided', decision, nextAtMs: decision.atMs };
}
