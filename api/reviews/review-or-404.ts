import type { Finding } from '../../shared/domain/reviews/finding.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Call } from '../http/call.ts';
import { Problem } from '../http/problem.ts';

type Context = Pick<ApiContext, 'repositories'>;

/** The review of the address. */
export async function reviewOr404({ repositories }: Context, call: Call): Promise<Review> {
  const found = await repositories.reviews.get(call.actor.orgId, paramOf(call, 'id'));
  if (found === undefined) throw new Problem('REVIEW_NOT_FOUND');
  return found;
}

/** The finding of the address, which is one of this review. */
export async function findingOr404({ repositories }: Context, call: Call, review: Review): Promise<Finding> {
  const found = await repositories.findings.get(call.actor.orgId, paramOf(call, 'findingId'));
  if (found?.reviewId !== review.id) throw new Problem('FINDING_NOT_FOUND');
  return found;
}
