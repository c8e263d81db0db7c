import type {
  Found,
  ReviewRule,
  ReviewSubject,
  RuleFacts,
} from '../../../shared/domain/reviews/review-rule.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { REVIEW_RULES } from '../../../shared/domain/reviews/rules/all-rules.ts';
import { transliteration } from '../../../shared/platform/transliteration.ts';
import type { ReviewPorts } from '../review-ports.ts';

export interface Judged {
  readonly rule: ReviewRule;
  readonly found: Found;
  readonly threshold?: number;
}
export type Judge = (subject: ReviewSubject) => readonly Judged[];

/** The rules of a review, with what was set of them. Everybody is judged by the same instant. */
export async function judgeOf(
  { repositories: { organisations } }: ReviewPorts,
  { orgId, terms, startedAtMs: nowMs }: Review,
): Promise<Judge> {
  const organisation = await organisations.get(orgId);
  if (organisation === undefined) throw new Error('there is no such organisation');
  const applied = REVIEW_RULES.filter((rule) => terms.rules[rule.name]?.on ?? rule.usuallyOn).map((rule) => {
    const {
      threshold = rule.threshold?.usual,
      departments = [],
      templates = [],
    } = terms.rules[rule.name] ?? {};
    const facts: RuleFacts = {
      ...{ nowMs, organisation, transliteration, departments, templates },
      threshold: threshold ?? 0,
    };
    return { rule, facts, ...(threshold === undefined ? {} : { threshold }) };
  });
  return (subject) =>
    applied.flatMap(({ rule, facts, ...threshold }) =>
      rule.find(subject, facts).map((found) => ({ rule, found, ...threshold })),
    );
}
