import type { noticeDue } from '../../../shared/domain/reviews/due-notices.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { changeReview } from '../change-review.ts';
import type { ReviewPorts } from '../review-ports.ts';
import { escalation, unassigned } from './review-texts.ts';
import { mailReviewer } from './reviewer-mail.ts';
import { tellOrganisation } from './tell-organisation.ts';

/** A reviewer is written to after the one before was; whoever is interrupted goes on at most so many mails earlier. */
const MAILS_BETWEEN_NOTES = 20;

type Due = NonNullable<ReturnType<typeof noticeDue>>;

/** Sends one notice to everybody it is for, and notes that it was sent. */
export async function sendNotice(
  ports: ReviewPorts,
  review: Review,
  { name: notice, covers }: Due,
  nowMs: number,
): Promise<Review> {
  const { orgId, id: reviewId } = review;
  const ref = { orgId, reviewId };
  const open = await ports.repositories.findings.count(orgId, reviewId, { state: 'open' });
  if (notice === 'escalate') {
    if (open > 0) await tellOrganisation(ports, review, notice, escalation(review, open));
  } else await mailReviewers(ports, review, notice, nowMs);
  if (notice === 'invite') await tellOfUnassigned(ports, review, open);
  return changeReview(ports.repositories, ref, ({ sent }) => ({
    sent: [...new Set([...sent, ...covers])],
    noticeAfter: undefined,
  }));
}

async function mailReviewers(
  ports: ReviewPorts,
  review: Review,
  notice: string,
  nowMs: number,
): Promise<void> {
  const { orgId, id: reviewId } = review;
  let mails = 0;
  for await (const reviewerId of reviewersOf(ports, review, review.noticeAfter)) {
    ports.heartbeat({ mails });
    await mailReviewer(ports, review, { reviewerId, notice, nowMs });
    mails += 1;
    if (mails % MAILS_BETWEEN_NOTES === 0)
      await changeReview(ports.repositories, { orgId, reviewId }, () => ({ noticeAfter: reviewerId }));
  }
}

/** Everybody who is asked about something, each once. */
export async function* reviewersOf(
  { repositories: { findings } }: ReviewPorts,
  { orgId, id }: Review,
  after?: string,
): AsyncGenerator<string> {
  let last = after;
  for (;;) {
    last = await findings.nextReviewer(orgId, id, last);
    if (last === undefined) return;
    yield last;
  }
}

async function tellOfUnassigned(ports: ReviewPorts, review: Review, open: number): Promise<void> {
  const { findings } = ports.repositories;
  let assigned = 0;
  for await (const reviewerId of reviewersOf(ports, review))
    assigned += await findings.count(review.orgId, review.id, { reviewerId, state: 'open' });
  if (open > assigned)
    await tellOrganisation(ports, review, 'unassigned', unassigned(review, open - assigned));
}
