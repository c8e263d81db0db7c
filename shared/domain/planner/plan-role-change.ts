import type { LocalCalendar } from '../local-calendar.ts';
import type { Plan } from '../plan.ts';
import { leaveOut, planStep } from './plan-step.ts';
import type { RoleChangePlanInput } from './role-change/plan-input.ts';
import { reminderOf } from './role-change/reminder.ts';
import { stepsOfRoleChange } from './role-change/steps.ts';
import { keepStarted } from './started-steps.ts';

export const ROLE_CHANGE_WARNINGS = [
  'DATE_PAST',
  'TIME_ADJUSTED',
  'NO_MANAGER',
  'NO_NOTIFICATION_ADDRESS',
] as const;
export type RoleChangeWarning = (typeof ROLE_CHANGE_WARNINGS)[number];

export interface PlannedRoleChange {
  readonly plan: Plan;
  /** When the old rights end. */
  readonly endsAtMs: number;
  readonly warnings: readonly RoleChangeWarning[];
}

interface Anchor {
  readonly changeAtMs: number;
  /** Local, as of the change. */
  readonly date: string;
  readonly time: string;
  readonly warnings: readonly RoleChangeWarning[];
}

/**
 * Turns what was asked for into the frozen plan of a role change. Pure: the same input gives the same plan, in the API and the
 * simulation. The overlap is a number of local days; the old rights end at the local time at which the new ones began.
 */
export function planRoleChange(input: RoleChangePlanInput, calendar: LocalCalendar): PlannedRoleChange {
  const { procedure, version, timeZone, overlapDays, previous } = input;
  const anchor = anchorOf(input, calendar);
  const lastDay = calendar.addDays(anchor.date, overlapDays);
  const endsAtMs = Math.max(calendar.instantOf(lastDay, anchor.time, timeZone).atMs, anchor.changeAtMs);
  const ends = input.takes || input.role === 'demoted';
  const moments = { changeAtMs: anchor.changeAtMs, endsAtMs, lastDay };
  const reminders = ends && input.noticePossible ? reminderOf(input, moments, calendar) : [];
  const drafts = stepsOfRoleChange(input, moments, reminders);
  return {
    plan: {
      ...{ version, procedure: procedure.name, timeZone, leaveAtMs: anchor.changeAtMs },
      steps: leaveOut(drafts, procedure.leavesOut)
        .map(planStep)
        .map((step) => keepStarted(step, previous)),
    },
    endsAtMs,
    warnings: [...anchor.warnings, ...(input.noticePossible ? [] : (['NO_MANAGER'] as const))],
  };
}

/** A date that is over counts from now. What began stays where it is: only the end of the old rights can be moved by then. */
function anchorOf(input: RoleChangePlanInput, calendar: LocalCalendar): Anchor {
  const { date, time, timeZone, nowMs, previous } = input;
  const { atMs, adjusted } = calendar.instantOf(date, time, timeZone);
  if (previous !== undefined && previous.startedKeys.size > 0) {
    const { leaveAtMs } = previous.plan;
    const local = leaveAtMs === atMs ? { date, time } : calendar.localOf(leaveAtMs, timeZone);
    return { changeAtMs: leaveAtMs, date: local.date, time: local.time, warnings: [] };
  }
  if (atMs <= nowMs) {
    const local = calendar.localOf(nowMs, timeZone);
    return { changeAtMs: nowMs, date: local.date, time: local.time, warnings: ['DATE_PAST'] };
  }
  return { changeAtMs: atMs, date, time, warnings: adjusted ? ['TIME_ADJUSTED'] : [] };
}
