import type { FindingState } from './finding.ts';
import type { ReviewTerms } from './review-definition.ts';
import type { RuleName } from './rule-names.ts';

/**
 * `collecting`: accounts are looked at. `open`: reviewers decide. `carrying_out`: nothing is left to decide, and something that was
 * decided is not proven yet. `completed`: every finding is decided or defaulted, and every action is proven.
 */
export const REVIEW_STATES = ['collecting', 'open', 'carrying_out', 'completed', 'cancelled'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

export const REPORT_FORMATS = ['json', 'csv', 'html'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report as it was written once. */
export interface StoredReport {
  readonly sha256: string;
  readonly bytes: number;
  /** Its pieces in the database, numbered from 1. */
  readonly parts: number;
}

/** How far the collecting came. */
export interface ReviewProgress {
  /** `people`, then each target by its id for accounts without a person; absent: the collecting is over. */
  readonly stage: string;
  /** The id of the last one that was looked at. */
  readonly after?: string;
  readonly people: number;
  readonly accounts: number;
}

/** One holding of a review. */
export interface Review {
  readonly id: string;
  readonly orgId: string;
  readonly rev: number;
  readonly definitionId: string;
  readonly workflowId: string;
  readonly terms: ReviewTerms;
  readonly state: ReviewState;
  /** By the clock of its workflow, as all instants of it. */
  readonly startedAtMs: number;
  readonly progress?: ReviewProgress;
  readonly reviewed: { readonly people: number; readonly accounts: number };
  /** By rule; written when the collecting is over. */
  readonly found?: Readonly<Partial<Record<RuleName, number>>>;
  readonly openedAtMs?: number;
  readonly closesAtMs?: number;
  /** Nothing can be decided any more but what was refused. */
  readonly closedAtMs?: number;
  /** Notices that were sent: `invite`, `remind:7`, `escalate`, `attention:3` of a day. */
  readonly sent: readonly string[];
  /** Of the notice that is being sent: the last reviewer who was told. */
  readonly noticeAfter?: { readonly notice: string; readonly reviewerId: string };
  /** Reviewers are looked at again then, and what nobody could start. */
  readonly recheckAtMs?: number;
  /** At the end, by state. */
  readonly ended?: Readonly<Partial<Record<FindingState, number>>>;
  readonly endedAtMs?: number;
  /** The last one of the same definition that was completed before. */
  readonly previousId?: string;
  readonly reports?: Readonly<Record<ReportFormat, StoredReport>>;
  readonly cancelled?: { readonly by: string; readonly atMs: number; readonly reason: string };
  /** Why the last try to go on failed; it is tried again. */
  readonly trouble?: { readonly code: string; readonly atMs: number };
  /** Something was decided that its workflow does not know yet. */
  readonly unheard: boolean;
}

export function isReviewOver({ state }: Pick<Review, 'state'>): boolean {
  return state === 'completed' || state === 'cancelled';
}

/** A reviewer of one review, with the link that was sent to them: for this review, and for nothing else. */
export interface ReviewerLink {
  /** The hash of its token. */
  readonly id: string;
  readonly orgId: string;
  readonly reviewId: string;
  readonly reviewerId: string;
  readonly createdAtMs: number;
  readonly voidAtMs?: number;
}
