import type { Review } from '../../shared/domain/reviews/review.ts';
import type { ReviewChanges } from '../../shared/platform/persistence/review-repository.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

/** Its workflow writes as well, several times a second at most. */
const MAX_ATTEMPTS = 20;

type Context = Pick<ApiContext, 'repositories' | 'reviews' | 'logger'>;

/** Changes a review as `decide` says of the revision that is written over; nothing where it says `undefined`. */
export async function changeReview(
  { repositories }: Pick<Context, 'repositories'>,
  { orgId, id }: Pick<Review, 'orgId' | 'id'>,
  decide: (review: Review) => ReviewChanges | undefined,
): Promise<Review> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const review = await repositories.reviews.get(orgId, id);
    if (review === undefined) throw new Problem('REVIEW_NOT_FOUND');
    const changes = decide(review);
    if (changes === undefined) return review;
    const changed = await repositories.reviews.update(review, changes);
    if (changed !== undefined) return changed;
  }
  throw new Problem('CONCURRENT_CHANGE');
}

/** Has the workflow look at what was decided. While the engine is away nothing is lost: the reconciler tells it. */
export async function tellReview({ reviews, logger }: Context, review: Review): Promise<void> {
  if ((await reviews.tell(review)) === 'unavailable')
    logger.warn({ reviewId: review.id }, 'the engine does not answer; it is told of the review later');
}
