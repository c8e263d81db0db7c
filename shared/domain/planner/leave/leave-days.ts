import type { LeaveProcedure, LeaveReason } from '../../leave.ts';
import type { PlannedTarget } from '../departure/departure-days.ts';
import { after, at, WHEN_ASKED, type StepDraft } from '../plan-step.ts';
import type { PreviousPlan } from '../started-steps.ts';

/** The command that ends a leave without a day of return attests it. */
export const END_LEAVE_KEY = 'end-leave';

/** What the steps of a leave and their instants are made from. */
export interface LeaveDays {
  readonly procedure: LeaveProcedure;
  readonly reason: LeaveReason;
  readonly startAtMs: number;
  /** Absent: until somebody ends it. */
  readonly returnAtMs?: number;
  /** The targets the person has an account on, the first one first. */
  readonly targets: readonly PlannedTarget[];
  /** Until when the auto-reply is given; absent: there is none. */
  readonly replyUntilMs?: number;
  /** Nothing is taken away: an account that was left locked is opened again. */
  readonly opensOnly: boolean;
  /** The old password is gone. */
  readonly givesSetupLink: boolean;
  readonly nowMs: number;
  readonly previous?: PreviousPlan;
}

/** When the way back to work begins: on the day of the return, or right after somebody said so. */
export function endOf({ returnAtMs, startAtMs, opensOnly }: LeaveDays): Pick<StepDraft, 'due' | 'dependsOn'> {
  if (opensOnly) return { due: at(startAtMs) };
  if (returnAtMs !== undefined) return { due: at(returnAtMs) };
  return { due: after(END_LEAVE_KEY, 0), dependsOn: [END_LEAVE_KEY] };
}

/**
 * What people do by hand. Nobody is reminded of somebody else's leave, however long it takes; of a suspicious account people
 * are, until all is looked into and it was decided.
 */
export function byHand(days: LeaveDays): readonly StepDraft[] {
  const items = investigation(days);
  if (days.returnAtMs !== undefined || days.opensOnly) return items;
  const due = days.reason === 'suspicious' ? at(days.startAtMs) : WHEN_ASKED;
  const dependsOn = items.map(({ key }) => key);
  return [...items, { key: END_LEAVE_KEY, kind: 'endLeave', due, manual: true, dependsOn }];
}

export function investigation({ procedure, reason, startAtMs }: LeaveDays): readonly StepDraft[] {
  if (reason !== 'suspicious') return [];
  return procedure.investigation.map((key) => ({
    ...{ key, kind: 'investigate', due: at(startAtMs) },
    manual: true,
  }));
}
