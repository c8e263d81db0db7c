import type { Review } from '../../../shared/domain/reviews/review.ts';
import { RULE_NAMES } from '../../../shared/domain/reviews/rule-names.ts';
import { localCalendar } from '../../../shared/platform/local-calendar.ts';
import { changeReview } from '../change-review.ts';
import type { ReviewPorts } from '../review-ports.ts';

/** Counts what was found, and says until when it can be decided: at the same local time, whatever the clocks do in between. */
export async function openForDecisions(ports: ReviewPorts, review: Review, nowMs: number): Promise<Review> {
  const { orgId, id, terms } = review;
  const counted = RULE_NAMES.map(
    async (rule) => [rule, await ports.repositories.findings.count(orgId, id, { rule })] as const,
  );
  const found = (await Promise.all(counted)).filter(([, count]) => count > 0);
  const { date, time } = localCalendar.localOf(nowMs, terms.timeZone);
  const lastDay = localCalendar.addDays(date, terms.openDays);
  const { atMs: closesAtMs } = localCalendar.instantOf(lastDay, time, terms.timeZone);
  return changeReview(ports.repositories, { orgId, reviewId: id }, ({ state }) =>
    state === 'collecting'
      ? {
          ...{ state: 'open', openedAtMs: nowMs, closesAtMs, recheckAtMs: nowMs },
          found: Object.fromEntries(found),
        }
      : undefined,
  );
}
