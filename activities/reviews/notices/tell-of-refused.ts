import { DAY_MS } from '../../../shared/domain/planner/plan-step.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { changeReview } from '../change-review.ts';
import type { ReviewPorts } from '../review-ports.ts';
import { attention } from './review-texts.ts';
import { tellOrganisation } from './tell-organisation.ts';

/**
 * The organisation knows what could not be carried out, and what was decided again since the end by one of two people: at once, and
 * every day after; one mail a day. By what is stored and not by what was refused a moment ago: whoever died in between tells it as
 * well. `false`: no server took the mail.
 */
export async function tellOfRefused(ports: ReviewPorts, review: Review, nowMs: number): Promise<boolean> {
  const { orgId, id: reviewId, startedAtMs, sent } = review;
  const notice = `attention:${Math.floor((nowMs - startedAtMs) / DAY_MS)}`;
  if (sent.includes(notice)) return true;
  const { findings } = ports.repositories;
  const refused = await findings.count(orgId, reviewId, { state: 'refused' });
  // Until the end it is left as it is where nobody agrees: then nothing waits for it.
  const halfDecided =
    review.state === 'open' ? 0 : await findings.count(orgId, reviewId, { state: 'awaiting_second' });
  if (refused + halfDecided === 0) return true;
  const text = attention(review, refused, halfDecided);
  if (!(await tellOrganisation(ports, review, notice, text))) return false;
  await changeReview(ports.repositories, { orgId, reviewId }, (known) => ({ sent: [...known.sent, notice] }));
  return true;
}
