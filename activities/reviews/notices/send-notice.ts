import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import type { noticeDue } from '../../../shared/domain/reviews/due-notices.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { changeReview } from '../change-review.ts';
import type { ReviewPorts } from '../review-ports.ts';
import { escalation, unassigned, unreached } from './review-texts.ts';
import { mailReviewer } from './reviewer-mail.ts';
import { tellOrganisation } from './tell-organisation.ts';

/** A reviewer is written to after the one before was; whoever is interrupted goes on at most so many mails earlier. */
const MAILS_BETWEEN_NOTES = 20;

type Due = NonNullable<ReturnType<typeof noticeDue>>;

/** How many mails of a notice were taken, and how many no server took. */
interface Sending {
  readonly taken: number;
  readonly unsent: number;
}

/**
 * Sends one notice to everybody it is for, and notes that it was sent. Where no server took any of it, it is not, and is tried again
 * for a day; whoever could not be written to while others could is told of to the organisation. Gives whether it is noted.
 */
export async function sendNotice(
  ports: ReviewPorts,
  review: Review,
  due: Due,
  nowMs: number,
): Promise<boolean> {
  const { orgId, id: reviewId } = review;
  const { taken, unsent } = await sendAll(ports, review, due.name, nowMs);
  const isGivenUp = nowMs - due.atMs >= DAY_MS;
  if (unsent > 0 && taken === 0 && !isGivenUp) return false;
  if (unsent > 0) await tellOrganisation(ports, review, `unreached:${due.name}`, unreached(review, unsent));
  await changeReview(ports.repositories, { orgId, reviewId }, ({ sent }) => ({
    sent: [...new Set([...sent, ...due.covers])],
    noticeAfter: undefined,
  }));
  return true;
}

async function sendAll(ports: ReviewPorts, review: Review, notice: string, nowMs: number): Promise<Sending> {
  const open = await ports.repositories.findings.count(review.orgId, review.id, { state: 'open' });
  if (notice !== 'escalate') {
    const sending = await mailReviewers(ports, review, notice, nowMs);
    return notice === 'invite' ? counted(sending, await tellOfUnassigned(ports, review, open)) : sending;
  }
  const isTold = open === 0 || (await tellOrganisation(ports, review, notice, escalation(review, open)));
  return counted({ taken: 0, unsent: 0 }, isTold);
}

function counted({ taken, unsent }: Sending, isTaken: boolean): Sending {
  return isTaken ? { taken: taken + 1, unsent } : { taken, unsent: unsent + 1 };
}

async function mailReviewers(
  ports: ReviewPorts,
  review: Review,
  notice: string,
  nowMs: number,
): Promise<Sending> {
  const { orgId, id: reviewId } = review;
  // One that was interrupted so long ago that the next is due says nothing of the next.
  const after = review.noticeAfter?.notice === notice ? review.noticeAfter.reviewerId : undefined;
  let sending: Sending = { taken: 0, unsent: 0 };
  for await (const reviewerId of reviewersOf(ports, review, after)) {
    ports.heartbeat({ mails: sending.taken });
    sending = counted(sending, await mailReviewer(ports, review, { reviewerId, notice, nowMs }));
    if (sending.taken > 0 && sending.taken % MAILS_BETWEEN_NOTES === 0)
      await changeReview(ports.repositories, { orgId, reviewId }, () => ({
        noticeAfter: { notice, reviewerId },
      }));
  }
  return sending;
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

async function tellOfUnassigned(ports: ReviewPorts, review: Review, open: number): Promise<boolean> {
  const { findings } = ports.repositories;
  let assigned = 0;
  for await (const reviewerId of reviewersOf(ports, review))
    assigned += await findings.count(review.orgId, review.id, { reviewerId, state: 'open' });
  if (open <= assigned) return true;
  return tellOrganisation(ports, review, 'unassigned', unassigned(review, open - assigned));
}
