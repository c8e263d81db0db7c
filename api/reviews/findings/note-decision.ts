import { isReviewOver, type Review } from '../../../shared/domain/reviews/review.ts';
import type { Decider } from '../../../shared/domain/reviews/decision.ts';
import type { Finding } from '../../../shared/domain/reviews/finding.ts';
import type { ApiContext } from '../../api-context.ts';
import { auditReview } from '../audit-review.ts';
import { changeReview, tellReview } from '../change-review.ts';

interface Noted {
  readonly action: 'finding.decided' | 'finding.confirmed' | 'finding.rejected';
  readonly by: Decider;
  /** What makes it one entry, however often the same is done. */
  readonly of: string;
}

/** Who decided what. The reason and the name that was typed stand in the finding alone. */
export function noteDecision(
  context: Pick<ApiContext, 'repositories' | 'now'>,
  { id: findingId, orgId, reviewId, rule, personId, decision, state }: Finding,
  { action, by, of }: Noted,
): Promise<void> {
  return auditReview(context, {
    ...{ orgId, actorId: by.ownerId, action, of, personId },
    detail: { reviewId, findingId, rule, state, via: by.via, ...(decision && { kind: decision.kind }) },
  });
}

/** Has the engine see to what was decided. What waits for a second person is nothing to it. */
export async function haveCarriedOut(
  context: Pick<ApiContext, 'repositories' | 'reviews' | 'logger'>,
  review: Review,
  decided: readonly Finding[],
): Promise<void> {
  const isForEngine = decided.some(({ state }) => ENGINE_LOOKS_AT.has(state));
  if (!isForEngine) return;
  // Also where it is unheard already: a workflow that has not seen this yet must not note that it heard.
  const told = await changeReview(context, review, (known) =>
    isReviewOver(known) ? undefined : { unheard: true },
  );
  if (told.unheard) await tellReview(context, told);
}

const ENGINE_LOOKS_AT: ReadonlySet<Finding['state']> = new Set(['kept', 'attested', 'decided']);
