import type { Review } from '../../shared/domain/reviews/review.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { answerPage } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { reviewsQuery } from './review-fields.ts';
import { reviewView } from './review-view.ts';

/** Reviews, the newest first. */
export function listReviews(context: ApiContext, call: Call): Promise<Answer> {
  const { definitionId, state, ...wanted } = parse(reviewsQuery, call.query, 'query');
  return answerPage<Review>(call, wanted, {
    name: 'reviews',
    key: /^rvw_[0-9A-Za-z]{1,40}$/u,
    keyOf: ({ id }) => id,
    read: (range) => context.repositories.reviews.list(call.actor.orgId, { ...range, definitionId, state }),
    show: (reviews) => reviews.map(reviewView),
  });
}
