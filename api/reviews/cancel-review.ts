import { isReviewOver } from '../../shared/domain/reviews/review.ts';
import { newId } from '../../shared/platform/new-id.ts';
import type { ApiContext } from '../api-context.ts';
import { reasonFields } from '../departures/departure-fields.ts';
import type { Answer, Call } from '../http/call.ts';
import { idempotently } from '../http/idempotency.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { auditReview } from './audit-review.ts';
import { changeReview, tellReview } from './change-review.ts';
import { reviewInFull } from './review-view.ts';
import { reviewOr404 } from './review-or-404.ts';

/** Nothing more is decided or started. What was started goes on by itself. */
export async function cancelReview(context: ApiContext, call: Call): Promise<Answer> {
  const { reason } = parse(reasonFields, call.body);
  const found = await reviewOr404(context, call);
  const by = call.actor.ownerId;
  const options = { required: true, subjectId: newId('rvw') };
  return idempotently(context, call, options, async ({ updateId, earlierSinceMs }) => {
    const review = await changeReview(context, found, (known) => {
      const { state, cancelled } = known;
      const isOurs = earlierSinceMs !== undefined && cancelled?.by === by && cancelled.atMs >= earlierSinceMs;
      if (isOurs) return undefined;
      if (isReviewOver(known)) throw new Problem('REVIEW_OVER', { members: { reviewState: state } });
      return { state: 'cancelled', cancelled: { by, atMs: context.now(), reason }, unheard: true };
    });
    await auditReview(context, {
      ...{ orgId: review.orgId, actorId: by, action: 'review.cancelled', of: updateId },
      detail: { reviewId: review.id, definitionId: review.definitionId },
    });
    if (review.unheard) await tellReview(context, review);
    return { status: 200, body: await reviewInFull(context, review) };
  });
}
