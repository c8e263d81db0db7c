import type { Review } from '../../../shared/domain/reviews/review.ts';
import { hashOfToken, linkAddress } from '../../../shared/platform/links/link-token.ts';
import { addressesOf } from '../../notices/recipients.ts';
import type { ReviewPorts } from '../review-ports.ts';
import { isSent } from './is-sent.ts';
import { invitation } from './review-texts.ts';

/** The secret of a reviewer's link: the same for every mail of one review to them. */
function linkKey(reviewId: string, reviewerId: string): string {
  return `review-link:${reviewId}:${reviewerId}`;
}

interface ReviewerNotice {
  readonly reviewerId: string;
  /** Tells mails apart. */
  readonly notice: string;
  /** How many findings they are about to be given. */
  readonly coming?: number;
  readonly nowMs: number;
}

/** Writes to a reviewer who has something open, with their link. The same notice sent twice is one mail. `false`: no server took it. */
export async function mailReviewer(
  ports: ReviewPorts,
  review: Review,
  { reviewerId, notice, coming = 0, nowMs }: ReviewerNotice,
): Promise<boolean> {
  const { repositories, vault, publicUrl } = ports;
  const { orgId, id: reviewId } = review;
  const theirs = await repositories.findings.count(orgId, reviewId, { reviewerId, state: 'open' });
  const open = theirs + coming;
  const to = await addressesOf(repositories, orgId, [reviewerId]);
  if (open === 0 || to.length === 0) return true;
  const token = await vault.getOrCreate(orgId, linkKey(reviewId, reviewerId));
  await repositories.reviewLinks.open({
    ...{ id: hashOfToken(token), orgId, reviewId, reviewerId, createdAtMs: nowMs },
  });
  const text = invitation(review, open, linkAddress(publicUrl, 'review', token), notice.startsWith('remind'));
  return isSent(ports, { id: `review:${reviewId}:${notice}:${reviewerId}`, to, ...text });
}

/** A reviewer's link opens nothing any more. */
export async function makeLinkVoid(
  { repositories: { reviewLinks }, vault }: ReviewPorts,
  { orgId, id }: Review,
  reviewerId: string,
  nowMs: number,
): Promise<void> {
  const token = await vault.read(orgId, linkKey(id, reviewerId));
  const link = token === undefined ? undefined : await reviewLinks.find(hashOfToken(token));
  if (link !== undefined && link.voidAtMs === undefined) await reviewLinks.makeVoid(link, nowMs);
}
