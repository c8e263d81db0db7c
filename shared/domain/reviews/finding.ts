import type { AccountRef } from '../person.ts';
import type { Decision, DecisionKind } from './decision.ts';
import type { FindingEvidence } from './review-rule.ts';
import type { RuleName } from './rule-names.ts';

/**
 * `awaiting_second`: of an administrator, one person decided. `decided`: to be carried out. `warned`: the account is disabled later
 * unless somebody signs in. `started`: under way, not proven yet. `refused`: it could not be started, and somebody has to decide again.
 * The others are ends; `defaulted`: nobody decided in time, and nothing was changed.
 */
export const FINDING_STATES = [
  'open',
  'awaiting_second',
  'decided',
  'warned',
  'started',
  'refused',
  'kept',
  'attested',
  'done',
  'withdrawn',
  'defaulted',
] as const;
export type FindingState = (typeof FINDING_STATES)[number];

const ENDS = [
  'kept',
  'attested',
  'done',
  'withdrawn',
  'defaulted',
] as const satisfies readonly FindingState[];
export const UNSETTLED_STATES = FINDING_STATES.filter((state) => !isEnd(state));
/** Somebody has to decide. */
export const UNDECIDED_STATES = [
  'open',
  'awaiting_second',
  'refused',
] as const satisfies readonly FindingState[];

export function isEnd(state: FindingState): boolean {
  return (ENDS as readonly FindingState[]).includes(state);
}

/**
 * Why nothing came of a decision. `SIGNED_IN`: somebody uses the account after all. `ALREADY_SO`: it was so before it was carried out.
 * `CASE_CANCELLED`: somebody called its case off, or had it go on without the lock being proven.
 */
export const WITHDRAWAL_REASONS = ['SIGNED_IN', 'ALREADY_SO', 'CASE_CANCELLED', 'REVIEW_CANCELLED'] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];

/** What became of a decision that Gangway carries out. */
export interface FindingAction {
  /** Of `disable`: when. */
  readonly disableAtMs?: number;
  /** Warnings that were sent, by their days before. */
  readonly warned?: readonly number[];
  /** Written before the carrying out begins: from then on it is not known to have had no effect. */
  readonly startedAtMs?: number;
  readonly caseId?: string;
  readonly provenAtMs?: number;
  readonly withdrawnFor?: WithdrawalReason;
  /** Why it could not be started, by the code of the API. */
  readonly fault?: { readonly code: string; readonly atMs: number };
}

/** One thing that a review found, and what became of it. */
export interface Finding {
  readonly id: string;
  readonly orgId: string;
  readonly rev: number;
  readonly reviewId: string;
  readonly rule: RuleName;
  /** The same in every review that finds it again. */
  readonly key: string;
  readonly personId?: string;
  readonly account?: AccountRef;
  /** An alias, where a redirect leads. */
  readonly about?: string;
  readonly value: number | string;
  readonly threshold?: number;
  readonly evidence: FindingEvidence;
  readonly proposes: DecisionKind;
  /** The person who is asked; absent: the organisation. */
  readonly reviewerId?: string;
  /** Of an administrator: two people decide. */
  readonly needsSecond: boolean;
  readonly foundAtMs: number;
  readonly state: FindingState;
  readonly decision?: Decision;
  readonly action?: FindingAction;
  /** When the engine has to look at it again; absent: it has nothing to do. */
  readonly nextAtMs?: number;
}

/** A finding that is right as it is, until then. */
export interface KeptFinding {
  /** `kept:<orgId>:<key>` */
  readonly id: string;
  readonly orgId: string;
  readonly reviewId: string;
  readonly findingId: string;
  readonly untilMs: number;
}

export function keptId(orgId: string, key: string): string {
  return `kept:${orgId}:${key}`;
}
