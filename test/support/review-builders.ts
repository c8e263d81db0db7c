import type { Finding } from '../../shared/domain/reviews/finding.ts';
import { USUAL_TERMS, type ReviewTerms } from '../../shared/domain/reviews/review-definition.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import { newId } from '../../shared/platform/new-id.ts';

export const TERMS: ReviewTerms = {
  ...USUAL_TERMS,
  ...{ name: 'Accounts, every quarter', timeZone: 'Europe/Zurich' },
};

/** One that is open for two weeks from this instant. */
export function aReview(orgId: string, nowMs: number, overrides: Partial<Review> = {}): Review {
  const id = overrides.id ?? newId('rvw');
  return {
    ...{ id, orgId, rev: 0, definitionId: newId('rvd'), workflowId: `review:${id}`, terms: TERMS },
    ...{ state: 'open', startedAtMs: nowMs, openedAtMs: nowMs, closesAtMs: nowMs + 14 * 86_400_000 },
    ...{ reviewed: { people: 1, accounts: 1 }, sent: [], unheard: false },
    ...overrides,
  };
}

/** An account that nobody signed in to for a hundred days. */
export function aFinding(review: Pick<Review, 'id' | 'orgId'>, overrides: Partial<Finding> = {}): Finding {
  const id = overrides.id ?? newId('fnd');
  const { orgId, id: reviewId } = review;
  return {
    ...{ id, orgId, rev: 0, reviewId, rule: 'inactive', key: `key of ${id}`, value: 100, threshold: 90 },
    ...{ evidence: { lastLoginAtMs: Date.UTC(2026, 9, 1) }, proposes: 'disable', needsSecond: false },
    ...{ foundAtMs: Date.UTC(2027, 0, 11), state: 'open' },
    ...overrides,
  };
}
