import type { LeaveProcedure, LeaveReason } from '../leave.ts';
import type { LocalCalendar } from '../local-calendar.ts';
import type { Plan } from '../plan.ts';
import { startReplies } from './leave/auto-reply.ts';
import { byHand, type LeaveDays } from './leave/leave-days.ts';
import { lock, proofKeyOn } from './leave/lock.ts';
import { openAgain, setupLink } from './leave/open-again.ts';
import { at, DAY_MS, leaveOut, planStep, type StepDraft } from './plan-step.ts';
import { keepStarted, type PreviousPlan } from './started-steps.ts';

export const LEAVE_PLAN_WARNINGS = ['FIRST_DAY_PAST', 'TIME_ADJUSTED', 'NO_MANAGER'] as const;
export type LeavePlanWarning = (typeof LEAVE_PLAN_WARNINGS)[number];

export interface LeavePlanInput {
  readonly procedure: LeaveProcedure;
  readonly version: number;
  /** The instant of planning. */
  readonly nowMs: number;
  readonly timeZone: string;
  readonly reason: LeaveReason;
  /** Local date; absent: at once. */
  readonly firstDay?: string;
  /** Local date; absent: until somebody ends it. */
  readonly returnDay?: string;
  /** Local time of both, `HH:MM`. */
  readonly time: string;
  /** It is over now, whatever the day of the return was. */
  readonly endsNow?: true;
  readonly targets: readonly string[];
  readonly givesAutoReply: boolean;
  /** Somebody can be told: a manager, or a notification address in the manager's place. */
  readonly noticePossible: boolean;
  readonly opensOnly?: true;
  /** The person cannot sign in with the old password any more, whatever the reason. */
  readonly passwordGone?: boolean;
  /** The plan in force and the keys of the steps that were started, when an open leave is moved. */
  readonly previous?: PreviousPlan;
}

export interface PlannedLeave {
  readonly plan: Plan;
  readonly warnings: readonly LeavePlanWarning[];
}

/**
 * Turns what was asked for into the frozen plan of a leave. Pure: the same input gives the same plan, in the API and the
 * simulation. Both days are local days at one time; a leave without a day of return waits until somebody ends it.
 */
export function planLeave(input: LeavePlanInput, calendar: LocalCalendar): PlannedLeave {
  const { procedure, reason, version, timeZone, targets, nowMs, previous } = input;
  const start = startOf(input, calendar);
  const end = returnOf(input, calendar);
  const days: LeaveDays = {
    ...{ procedure, reason, nowMs, startAtMs: start.atMs },
    ...(end === undefined ? {} : { returnAtMs: end.atMs }),
    // The first account's steps have plain keys and no parameter: who has one target never sees the word.
    targets: [{}, ...targets.slice(1).map((id) => ({ id }))],
    ...(input.givesAutoReply
      ? { replyUntilMs: end?.atMs ?? start.atMs + procedure.openReplyDays * DAY_MS }
      : {}),
    opensOnly: input.opensOnly === true,
    givesSetupLink: reason === 'suspicious' || input.passwordGone === true,
    ...(previous === undefined ? {} : { previous }),
  };
  const drafts = [
    ...days.targets.flatMap((target) => [...lock(days, target), ...startReplies(days, target)]),
    ...(input.noticePossible ? noticeOf(days) : []),
    ...byHand(days),
    ...days.targets.flatMap((target) => openAgain(days, target)),
    ...setupLink(days),
  ];
  return {
    plan: {
      ...{ version, procedure: procedure.name, timeZone, leaveAtMs: start.atMs },
      steps: leaveOut(drafts, procedure.leavesOut)
        .map(planStep)
        .map((step) => keepStarted(step, previous)),
    },
    warnings: [
      ...start.warnings,
      ...(end?.adjusted === true && !start.warnings.includes('TIME_ADJUSTED')
        ? (['TIME_ADJUSTED'] as const)
        : []),
      ...(isTold(days) && !input.noticePossible ? (['NO_MANAGER'] as const) : []),
    ],
  };
}

/** A leave that has begun stays where it began. */
function startOf(input: LeavePlanInput, calendar: LocalCalendar) {
  const { previous, firstDay, nowMs, time, timeZone } = input;
  const begins = (atMs: number, ...warnings: readonly LeavePlanWarning[]) => ({ atMs, warnings });
  if (previous !== undefined && previous.startedKeys.size > 0) return begins(previous.plan.leaveAtMs);
  if (firstDay === undefined) return begins(nowMs);
  const { atMs, adjusted } = calendar.instantOf(firstDay, time, timeZone);
  if (atMs > nowMs) return begins(atMs, ...(adjusted ? (['TIME_ADJUSTED'] as const) : []));
  const isPast = firstDay < calendar.localOf(nowMs, timeZone).date;
  return begins(nowMs, ...(isPast ? (['FIRST_DAY_PAST'] as const) : []));
}

function returnOf({ endsNow, returnDay, time, timeZone, nowMs }: LeavePlanInput, calendar: LocalCalendar) {
  if (endsNow === true) return { atMs: nowMs, adjusted: false };
  return returnDay === undefined ? undefined : calendar.instantOf(returnDay, time, timeZone);
}

/** A suspicion is nobody's news. */
function isTold({ reason, opensOnly }: LeaveDays): boolean {
  return reason === 'leave' && !opensOnly;
}

function noticeOf(days: LeaveDays): readonly StepDraft[] {
  if (!isTold(days)) return [];
  const dependsOn = days.targets.map((target) => proofKeyOn(days, target));
  return [{ key: 'notify-manager', kind: 'notifyManager', due: at(days.startAtMs), dependsOn }];
}
