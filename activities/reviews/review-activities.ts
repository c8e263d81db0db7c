import { keepBeating } from '../keep-beating.ts';
import { tellingTrouble } from '../telling-trouble.ts';
import { advanceReview } from './advance-review.ts';
import { changeReview } from './change-review.ts';
import { repairReviewSchedules, tellReviews } from './chores.ts';
import type { ReviewActivities, ReviewChores } from './contract.ts';
import { openReview } from './open-review.ts';
import type { ReviewPorts } from './review-ports.ts';

/** What holds reviews, whatever the desk does with decisions. */
export function createReviewActivities(ports: ReviewPorts): ReviewActivities & ReviewChores {
  return {
    openReview: (start) =>
      tellingTrouble(
        ports,
        {
          ids: { definitionId: start.definitionId },
          what: 'the beginning of a review',
          // There is no review yet that could say it.
          tell: () => Promise.resolve(),
        },
        () => openReview(ports, start),
      ),
    advanceReview: (ref) =>
      tellingTrouble(
        ports,
        {
          ids: { reviewId: ref.reviewId },
          what: 'a review',
          tell: (trouble) => changeReview(ports.repositories, ref, () => ({ trouble })),
        },
        () => keepBeating(ports, () => advanceReview(ports, ref)),
      ),
    repairReviewSchedules: async () => ({ repaired: await repairReviewSchedules(ports) }),
    tellReviews: async () => ({ told: await tellReviews(ports, ports.clock.now()) }),
  };
}
