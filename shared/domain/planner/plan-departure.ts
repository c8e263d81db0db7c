import type { DeletionItem } from '../deletion.ts';
import type { HandoverPlan } from '../handover.ts';
import type { LocalCalendar } from '../local-calendar.ts';
import type { Plan } from '../plan.ts';
import type { PlannedRedirect } from './departure/departure-days.ts';
import { noticesOf } from './departure/notices.ts';
import { MAX_RETENTION_YEARS, yearsAfter } from './departure/retention.ts';
import type { DepartureProcedure } from './departure-procedure.ts';
import { stepsOfDeparture } from './departure-steps.ts';
import { planStep } from './plan-step.ts';
import { keepStarted, type PreviousPlan } from './started-steps.ts';

export const PLAN_WARNINGS = [
  'LAST_DAY_PAST',
  'LEAVE_TIME_ADJUSTED',
  'NOTICE_AT_ONCE',
  'NO_MANAGER',
  'NO_CONTACT',
  'NO_RECIPIENT',
  'LEAVER_NOT_INFORMED',
  'NO_NOTIFICATION_ADDRESS',
] as const;
export type PlanWarning = (typeof PLAN_WARNINGS)[number];

export interface DeparturePlanInput {
  readonly procedure: DepartureProcedure;
  readonly version: number;
  /** The instant of planning. */
  readonly nowMs: number;
  readonly timeZone: string;
  /** Local date; absent only when `urgent`. */
  readonly lastDay?: string;
  /** Local time, `HH:MM`. */
  readonly leaveTime: string;
  readonly urgent: boolean;
  /** The targets the person has an account on, the first one first. */
  readonly targets: readonly string[];
  /** Absent: no auto-reply. */
  readonly autoReplyDays?: number;
  /** Absent: no redirect. */
  readonly redirect?: PlannedRedirect;
  /** Local date before which nothing is deleted. Absent: the outcome is `purge`. */
  readonly retainUntil?: string;
  /** Absent: nothing is handed over. */
  readonly handover?: HandoverPlan;
  /** Absent: nobody is asked about anything. */
  readonly asks?: readonly DeletionItem[];
  /** Somebody can be told: a manager, or a notification address in the manager's place. */
  readonly noticePossible: boolean;
  /** Absent: the leaver is not informed. */
  readonly leaverNoticeDaysBefore?: number;
  /** The plan in force and the keys of the steps that were started, when an open departure is moved. */
  readonly previous?: PreviousPlan;
}

export interface PlannedDeparture {
  readonly plan: Plan;
  readonly warnings: readonly PlanWarning[];
}

interface Anchor {
  readonly leaveAtMs: number;
  readonly date: string;
  readonly time: string;
  readonly warnings: readonly PlanWarning[];
}

/**
 * Turns what HR asked for into the frozen plan of a departure. Pure: the same input gives the same plan, in the API, the
 * simulation and the written procedure. Days are local days at the leave time; the grace is a number of whole 24 hours.
 */
export function planDeparture(input: DeparturePlanInput, calendar: LocalCalendar): PlannedDeparture {
  const anchor = anchorOf(input, calendar);
  const dayAfter = (days: number): number =>
    calendar.instantOf(calendar.addDays(anchor.date, days), anchor.time, input.timeZone).atMs;
  const notice = noticesOf(input, anchor, calendar);
  const { procedure, autoReplyDays, redirect, handover, nowMs } = input;
  const onTarget = (id: string) =>
    handover?.targets[id] === undefined ? {} : { ways: handover.targets[id] };
  const days = {
    procedure,
    leaveAtMs: anchor.leaveAtMs,
    dayAfter,
    // The first account's steps have plain keys and no parameter: who has one target never sees the word.
    targets: [
      input.targets[0] === undefined ? {} : onTarget(input.targets[0]),
      ...input.targets.slice(1).map((id) => ({ id, ...onTarget(id) })),
    ],
    ...(handover === undefined ? {} : { handover }),
    ...(autoReplyDays === undefined ? {} : { autoReplyDays }),
    ...(redirect === undefined ? {} : { redirect }),
    ...(input.retainUntil === undefined
      ? {}
      : { retention: retentionOf(input.retainUntil, anchor, input.timeZone, calendar) }),
    asks: input.asks ?? [],
    nowMs,
  };
  const drafts = stepsOfDeparture(days, notice.drafts, input.previous);
  return {
    plan: {
      version: input.version,
      procedure: procedure.name,
      timeZone: input.timeZone,
      leaveAtMs: anchor.leaveAtMs,
      steps: drafts.map(planStep).map((step) => keepStarted(step, input.previous)),
    },
    warnings: [
      ...anchor.warnings,
      ...notice.warnings,
      ...(handover?.askRecipient === true ? (['NO_RECIPIENT'] as const) : []),
    ],
  };
}

/** Urgent and late departures lock at once, and count their days from that moment. */
function anchorOf(input: DeparturePlanInput, calendar: LocalCalendar): Anchor {
  const fromNow = (warnings: readonly PlanWarning[]): Anchor => {
    const local = calendar.localOf(input.nowMs, input.timeZone);
    return { leaveAtMs: input.nowMs, date: local.date, time: local.time, warnings };
  };
  const { previous } = input;
  if (previous?.leaveStays === true) {
    const { leaveAtMs } = previous.plan;
    const local = calendar.localOf(leaveAtMs, input.timeZone);
    return { leaveAtMs, date: local.date, time: local.time, warnings: [] };
  }
  if (input.urgent || input.lastDay === undefined) return fromNow([]);
  const leave = calendar.instantOf(input.lastDay, input.leaveTime, input.timeZone);
  if (leave.atMs <= input.nowMs) return fromNow(['LAST_DAY_PAST']);
  return {
    leaveAtMs: leave.atMs,
    date: input.lastDay,
    time: input.leaveTime,
    warnings: leave.adjusted ? ['LEAVE_TIME_ADJUSTED'] : [],
  };
}

/** Reviewed on every anniversary of the leave day before the end. */
function retentionOf(until: string, { date, time }: Anchor, timeZone: string, calendar: LocalCalendar) {
  const reviews: string[] = [];
  for (let year = 1; year <= MAX_RETENTION_YEARS; year += 1) {
    const review = yearsAfter(date, year, calendar);
    if (review < until) reviews.push(review);
  }
  const instantOf = (day: string): number => calendar.instantOf(day, time, timeZone).atMs;
  return { untilMs: instantOf(until), reviewsAtMs: reviews.map(instantOf) };
}
