import type { DeletionItem } from '../../deletion.ts';
import type { HandoverPlan, HandoverWays } from '../../handover.ts';
import type { DepartureProcedure } from '../departure-procedure.ts';

/** What the steps of a departure and their instants are made from. */
export interface DepartureDays {
  readonly procedure: DepartureProcedure;
  readonly leaveAtMs: number;
  /** The leave time on the day that lies this many local days after the leave day. */
  readonly dayAfter: (days: number) => number;
  /** The targets the person has an account on, the first one first. Never empty: a person without one has the first. */
  readonly targets: readonly PlannedTarget[];
  /** Absent: no auto-reply. */
  readonly autoReplyDays?: number;
  /** Absent: no redirect. */
  readonly redirect?: PlannedRedirect;
  /** Absent: the purge gate opens on the procedure's day. */
  readonly retention?: { readonly untilMs: number; readonly reviewsAtMs: readonly number[] };
  /** Absent: nothing is handed over. */
  readonly handover?: HandoverPlan;
  /** What somebody is asked about on the checklist, and what waits for the answer. */
  readonly asks: readonly DeletionItem[];
  /** The instant of planning. */
  readonly nowMs: number;
}

/** A redirect as a plan sees it: where it goes stays in the database. */
export interface PlannedRedirect {
  readonly days: number;
  /** It leaves the organisation: somebody else must approve it. */
  readonly outside: boolean;
  /** The address goes on as a redirect when the account is gone. */
  readonly outlivesAccount: boolean;
}

/** One target of a person. */
export interface PlannedTarget {
  /** Absent: the person's first account, whichever it is. Its steps have plain keys. */
  readonly id?: string;
  /** What is handed over on it, and how. */
  readonly ways?: HandoverWays;
}

/** The key of a step on a target: `disable-account`, `disable-account@branch`. */
export function keyOn(target: PlannedTarget, key: string): string {
  return target.id === undefined ? key : `${key}@${target.id}`;
}

/** What tells the activity which target a step is for. */
export function paramsOn(target: PlannedTarget): Readonly<Record<string, string>> {
  return target.id === undefined ? {} : { target: target.id };
}
