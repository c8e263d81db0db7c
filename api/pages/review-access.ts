import { SCOPES_NEEDED } from '../../shared/domain/reviews/decide.ts';
import type { Decider } from '../../shared/domain/reviews/decision.ts';
import { isReviewOver, type Review } from '../../shared/domain/reviews/review.ts';
import { hashOfToken, isLinkToken } from '../../shared/platform/links/link-token.ts';
import type { ApiContext } from '../api-context.ts';
import { paragraph, type Page } from './page.ts';

/** Who opened a link, and of what. */
export interface ReviewAccess {
  readonly review: Review;
  readonly by: Decider & { readonly personId: string };
}

/** The review and the reviewer of a link, or the page that says why it is of no use. */
export async function openReview(
  { repositories }: Pick<ApiContext, 'repositories'>,
  token: string,
): Promise<ReviewAccess | { readonly page: Page }> {
  const { reviewLinks, reviews, people } = repositories;
  const link = isLinkToken(token) ? await reviewLinks.find(hashOfToken(token)) : undefined;
  if (link === undefined) return { page: unknown };
  const { orgId, reviewId, reviewerId } = link;
  const review = await reviews.get(orgId, reviewId);
  if (review === undefined || isReviewOver(review)) return { page: over };
  // Somebody who is away or leaves decides nothing any more, whether or not the link was made void yet.
  const reviewer = await people.get(orgId, reviewerId);
  if (link.voidAtMs !== undefined || reviewer?.status !== 'active') return { page: notAsked };
  return { review, by: { ownerId: reviewerId, personId: reviewerId, via: 'link', scopes: SCOPES_NEEDED } };
}

const unknown: Page = {
  status: 404,
  title: 'There is no such link',
  content: paragraph('Check that you opened the whole address.'),
};
const over: Page = {
  status: 410,
  title: 'The review is over',
  content: paragraph('Nothing can be decided any more. What nobody decided is in the report.'),
};
const notAsked: Page = {
  status: 410,
  title: 'You are not asked any more',
  content: paragraph('Somebody else was asked in your place. You can close this page.'),
};
