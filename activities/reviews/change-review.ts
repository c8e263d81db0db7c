import type { Review } from '../../shared/domain/reviews/review.ts';
import { changeByRevision } from '../../shared/platform/persistence/change-by-revision.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import type { ReviewChanges } from '../../shared/platform/persistence/review-repository.ts';
import type { ReviewRef } from './contract.ts';

/** Changes a review by what it is at that moment; `undefined` from `decide`: it is left as it is. Gives how it stands then. */
export function changeReview(
  { reviews }: Pick<Repositories, 'reviews'>,
  { orgId, reviewId }: ReviewRef,
  decide: (current: Review) => ReviewChanges | undefined,
  known?: Review,
): Promise<Review> {
  return changeByRevision<Review, ReviewChanges>({
    ...{ what: 'a review', decide, known },
    read: () => reviews.get(orgId, reviewId),
    write: (current, changes) => reviews.update(current, changes),
  });
}
