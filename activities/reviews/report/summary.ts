import { FINDING_STATES, type Finding, type FindingState } from '../../../shared/domain/reviews/finding.ts';
import { isOpenRisk } from '../../../shared/domain/reviews/open-risk.ts';
import type { Review } from '../../../shared/domain/reviews/review.ts';
import { REVIEW_RULES } from '../../../shared/domain/reviews/rules/all-rules.ts';
import { RULE_NAMES, type RuleName } from '../../../shared/domain/reviews/rule-names.ts';

export interface RuleSummary {
  readonly rule: RuleName;
  readonly title: string;
  readonly found: number;
  /** What the review before found; absent: there was none. */
  readonly foundBefore?: number;
  readonly openRisks: number;
  readonly byState: Readonly<Partial<Record<FindingState, number>>>;
}

/** What a report says before it names anybody. */
export interface ReviewSummary {
  readonly reviewId: string;
  readonly definitionId: string;
  readonly organisation: string;
  readonly terms: Review['terms'];
  /** UTC. */
  readonly startedAt: string;
  readonly openedAt?: string;
  readonly closedAt?: string;
  readonly endedAt: string;
  readonly reviewed: Review['reviewed'];
  readonly previousReviewId?: string;
  readonly findings: number;
  readonly openRisks: number;
  readonly byState: Readonly<Partial<Record<FindingState, number>>>;
  /** Those that found something, now or in the review before. */
  readonly byRule: readonly RuleSummary[];
}

type Tally = ReadonlyMap<RuleName, ReadonlyMap<FindingState, number>>;

/** Of one review, as it is read page by page. */
export interface Counts {
  readonly byRule: Tally;
  readonly risksByRule: ReadonlyMap<RuleName, number>;
}

export async function countFindings(pages: AsyncIterable<readonly Finding[]>): Promise<Counts> {
  const byRule = new Map<RuleName, Map<FindingState, number>>();
  const risksByRule = new Map<RuleName, number>();
  for await (const page of pages)
    for (const finding of page) {
      const { rule, state } = finding;
      const ofRule = byRule.get(rule) ?? new Map<FindingState, number>();
      byRule.set(rule, ofRule.set(state, (ofRule.get(state) ?? 0) + 1));
      if (isOpenRisk(finding)) risksByRule.set(rule, (risksByRule.get(rule) ?? 0) + 1);
    }
  return { byRule, risksByRule };
}

export interface Summarised {
  readonly review: Review;
  readonly previous: Review | undefined;
  readonly organisation: string;
  readonly counts: Counts;
  readonly endedAtMs: number;
}

export function summaryOf({ review, previous, organisation, counts, endedAtMs }: Summarised): ReviewSummary {
  const { id, definitionId, terms, startedAtMs, openedAtMs, closedAtMs, reviewed } = review;
  const byRule = RULE_NAMES.flatMap((rule) => ruleSummary(rule, counts, previous));
  return {
    ...{ reviewId: id, definitionId, organisation, terms, startedAt: utc(startedAtMs) },
    ...(openedAtMs === undefined ? {} : { openedAt: utc(openedAtMs) }),
    ...(closedAtMs === undefined ? {} : { closedAt: utc(closedAtMs) }),
    ...{ endedAt: utc(endedAtMs), reviewed },
    ...(previous === undefined ? {} : { previousReviewId: previous.id }),
    findings: sum(byRule.map(({ found }) => found)),
    openRisks: sum(byRule.map(({ openRisks }) => openRisks)),
    byState: inOrder((state) => sum(byRule.map((one) => one.byState[state] ?? 0))),
    byRule,
  };
}

function ruleSummary(
  rule: RuleName,
  { byRule, risksByRule }: Counts,
  previous: Review | undefined,
): readonly RuleSummary[] {
  const tally = byRule.get(rule);
  const found = sum([...(tally?.values() ?? [])]);
  const foundBefore = previous && (previous.found?.[rule] ?? 0);
  if (found === 0 && (foundBefore ?? 0) === 0) return [];
  return [
    {
      ...{ rule, title: titleOf(rule), found },
      ...(foundBefore === undefined ? {} : { foundBefore }),
      openRisks: risksByRule.get(rule) ?? 0,
      byState: inOrder((state) => tally?.get(state) ?? 0),
    },
  ];
}

/** A rule that is no more, and was when the review before looked, is called by its name. */
function titleOf(rule: RuleName): string {
  return REVIEW_RULES.find(({ name }) => name === rule)?.title ?? rule;
}

/** Those states that somebody is in. */
function inOrder(countOf: (state: FindingState) => number): Readonly<Partial<Record<FindingState, number>>> {
  const counted = FINDING_STATES.map((state) => [state, countOf(state)] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

export function utc(atMs: number): string {
  return new Date(atMs).toISOString();
}
