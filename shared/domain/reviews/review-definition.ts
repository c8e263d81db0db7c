import type { RuleSetting } from './review-rule.ts';
import type { RuleName } from './rule-names.ts';

/**
 * When reviews begin, in local time. Days go to the 28th, which every month has; times from 04:00 to 21:59, which no clock change
 * leaves out or doubles. Quarters begin in January, April, July and October.
 */
export type ReviewCalendar =
  | { readonly every: 'month' | 'quarter'; readonly day: number; readonly time: string }
  | {
      readonly every: 'custom';
      /** 1 to 12. */
      readonly months: readonly number[];
      readonly days: readonly number[];
      readonly time: string;
    };

export type ReviewScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'department'; readonly department: string }
  | { readonly kind: 'administrators' };

/** Who is asked. Nobody is asked about themselves: then, and where the one who would be asked is not here, it is the fallback. */
export interface Reviewers {
  readonly kind: 'managers' | 'person';
  /** Of `person`. */
  readonly personId?: string;
  /** Absent: the organisation is told, and decides with a key. */
  readonly fallbackId?: string;
}

/** What a review is held to. Kept by each review as it was when that began. */
export interface ReviewTerms {
  readonly name: string;
  /** IANA. */
  readonly timeZone: string;
  readonly scope: ReviewScope;
  /** A rule that is not named is as the rule itself says. */
  readonly rules: Readonly<Partial<Record<RuleName, RuleSetting>>>;
  readonly reviewers: Reviewers;
  /** From the invitations to the end. */
  readonly openDays: number;
  /** Reviewers with something open are reminded so many days before the end. */
  readonly remindDaysBefore: readonly number[];
  /** The organisation is told what is open so many days before the end. */
  readonly escalateDaysBefore: number;
  /** Of a finding that nobody decides: nothing is changed, which is reported; or what it proposes is carried out. */
  readonly onSilence: 'no_change' | 'as_proposed';
}

/** The terms alone, of whatever has more. */
export function termsOf(known: ReviewTerms): ReviewTerms {
  const { name, timeZone, scope, rules, reviewers, openDays } = known;
  const { remindDaysBefore, escalateDaysBefore, onSilence } = known;
  return {
    ...{ name, timeZone, scope, rules, reviewers, openDays },
    ...{ remindDaysBefore, escalateDaysBefore, onSilence },
  };
}

/** A review that is held again and again. */
export interface ReviewDefinition extends ReviewTerms {
  readonly id: string;
  readonly orgId: string;
  readonly rev: number;
  readonly calendar: ReviewCalendar;
  /** Begins up to so many minutes later, so that not all begin at once. */
  readonly jitterMinutes: number;
  readonly paused?: { readonly by: string; readonly atMs: number };
  readonly removed?: { readonly by: string; readonly atMs: number };
  readonly requestedBy: string;
  readonly createdAtMs: number;
  /** Its schedule is not known to be as this says. */
  readonly unheard: boolean;
}

export const USUAL_TERMS = {
  scope: { kind: 'all' },
  rules: {},
  reviewers: { kind: 'managers' },
  openDays: 14,
  remindDaysBefore: [7, 2],
  escalateDaysBefore: 3,
  onSilence: 'no_change',
} as const satisfies Partial<ReviewTerms>;

export const USUAL_CALENDAR: ReviewCalendar = { every: 'quarter', day: 1, time: '08:00' };
export const USUAL_JITTER_MINUTES = 5;

export const REVIEW_LIMITS = {
  openDays: { least: 1, most: 90 },
  jitterMinutes: { least: 0, most: 120 },
  lastDayOfMonth: 28,
  earliest: '04:00',
  latest: '21:59',
} as const;

const QUARTERS: readonly number[] = [1, 4, 7, 10];
const EVERY_MONTH = Array.from({ length: 12 }, (_, month) => month + 1);

/** Months and days of a calendar. */
export function daysOf(calendar: ReviewCalendar): { months: readonly number[]; days: readonly number[] } {
  if (calendar.every === 'custom') return { months: calendar.months, days: calendar.days };
  return { months: calendar.every === 'quarter' ? QUARTERS : EVERY_MONTH, days: [calendar.day] };
}
