import { openReviewClaimId } from '../../shared/domain/ids.ts';
import { DAY_MS } from '../../shared/domain/planner/plan-step.ts';
import { termsOf } from '../../shared/domain/reviews/review-definition.ts';
import { isReviewOver, type Review } from '../../shared/domain/reviews/review.ts';
import { reviewIdOf } from '../../shared/platform/reviews/review-ids.ts';
import { PEOPLE } from './collecting/stages.ts';
import type { ReviewStart } from './contract.ts';
import type { ReviewPorts } from './review-ports.ts';

/**
 * Writes a review with the terms of its definition as they are at this moment: whoever edits the definition later edits the next one.
 * One review of a definition at a time; one whose workflow was terminated is set going again in the place of another.
 */
export async function openReview(
  ports: ReviewPorts,
  start: ReviewStart,
): Promise<{ readonly reviewId: string } | undefined> {
  const { reviews, claims } = ports.repositories;
  const { orgId, definitionId, workflowId, runId, asOfMs } = start;
  const definition = await reviews.getDefinition(orgId, definitionId);
  if (definition === undefined || definition.removed !== undefined) return undefined;
  const id = reviewIdOf(runId, asOfMs);
  const claimId = openReviewClaimId(orgId, definitionId);
  const claim = await claims.take(claimId, orgId, id, asOfMs);
  if (claim.kind === 'held') {
    const other = await reviews.get(orgId, claim.holderId);
    if (other !== undefined && !isReviewOver(other)) {
      await ports.reviewEngine.tell(other);
      return undefined;
    }
    // It ended, or was never written, and nobody came to give its place back.
    await claims.release(claimId, orgId, claim.holderId);
    return openReview(ports, start);
  }
  const [previous] = await reviews.list(orgId, { definitionId, state: 'completed', limit: 1 });
  const review: Review = {
    ...{ id, orgId, rev: 0, definitionId, workflowId, terms: termsOf(definition) },
    ...{ state: 'collecting', startedAtMs: asOfMs, sent: [], unheard: false },
    progress: { stage: PEOPLE, people: 0, accounts: 0 },
    // By then it is open; whoever finds it still collecting looks after it.
    recheckAtMs: asOfMs + DAY_MS,
    reviewed: { people: 0, accounts: 0 },
    ...(previous === undefined ? {} : { previousId: previous.id }),
  };
  await reviews.insert(review);
  return { reviewId: id };
}
