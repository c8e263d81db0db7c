import { openReviewClaimId } from '../../shared/domain/ids.ts';
import type { Review } from '../../shared/domain/reviews/review.ts';
import { changeReview } from './change-review.ts';
import { completion } from './notices/review-texts.ts';
import { makeLinkVoid } from './notices/reviewer-mail.ts';
import { reviewersOf } from './notices/send-notice.ts';
import { tellOrganisation } from './notices/tell-organisation.ts';
import { writeReport } from './report/write-report.ts';
import type { ReviewPorts } from './review-ports.ts';

/** Every finding is decided or defaulted, and every action proven: writes the report, and then that it is completed. */
export async function completeReview(ports: ReviewPorts, review: Review, nowMs: number): Promise<Review> {
  const { orgId, id: reviewId } = review;
  const ended = await ports.repositories.findings.countByState(orgId, reviewId);
  const known = await changeReview(ports.repositories, { orgId, reviewId }, (current) =>
    current.endedAtMs === undefined ? { ended, endedAtMs: nowMs } : undefined,
  );
  // The instant is written first: a report that is begun again after a crash is the same.
  const reports = await writeReport(ports, known, known.endedAtMs ?? nowMs);
  return changeReview(ports.repositories, { orgId, reviewId }, ({ state }) =>
    state === 'carrying_out' ? { state: 'completed', reports, trouble: undefined } : undefined,
  );
}

/**
 * Of a review that is over: nobody's link opens it any more, the next one may be held, and the organisation is told. `false`: no server
 * took the mail.
 */
export async function leaveReview(ports: ReviewPorts, review: Review, nowMs: number): Promise<boolean> {
  const { orgId, id, definitionId, state } = review;
  for await (const reviewerId of reviewersOf(ports, review)) {
    ports.heartbeat({});
    await makeLinkVoid(ports, review, reviewerId, nowMs);
  }
  await ports.repositories.claims.release(openReviewClaimId(orgId, definitionId), orgId, id);
  return state !== 'completed' || tellOrganisation(ports, review, 'completed', completion(review));
}
