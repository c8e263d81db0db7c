import type { Review } from '../../shared/domain/reviews/review.ts';
import { RULE_NAMES } from '../../shared/domain/reviews/rule-names.ts';

/** What was found, beside what the review before it had found, by rule; the rules that found something in one of the two. */
export function trendOf({ found: now }: Review, previous: Review | undefined) {
  const before = previous?.found;
  if (previous === undefined || before === undefined || now === undefined) return undefined;
  const rules = RULE_NAMES.flatMap((rule) => {
    const [was, is] = [before[rule] ?? 0, now[rule] ?? 0];
    return was === 0 && is === 0 ? [] : [{ rule, before: was, now: is }];
  });
  return { previousId: previous.id, rules };
}
