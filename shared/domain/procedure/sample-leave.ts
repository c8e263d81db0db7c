import type { LeaveProcedure } from '../leave.ts';
import type { LocalCalendar } from '../local-calendar.ts';
import type { Plan } from '../plan.ts';
import { planLeave, type LeavePlanInput } from '../planner/plan-leave.ts';
import { SAMPLE_ASKED_AT_MS, SAMPLE_DAY, SAMPLE_ZONE } from './sample-day.ts';

/** Nobody's leave, by the planner of all leaves: with an auto-reply, and without a day of return. */
export function sampleLeave(
  procedure: LeaveProcedure,
  calendar: LocalCalendar,
  overrides: Partial<LeavePlanInput> = {},
): Plan {
  const { time } = procedure;
  const { plan } = planLeave(
    {
      ...{ procedure, version: 1, nowMs: SAMPLE_ASKED_AT_MS, timeZone: SAMPLE_ZONE, firstDay: SAMPLE_DAY },
      ...{ time, reason: 'leave', targets: ['first'], givesAutoReply: true, noticePossible: true },
      ...overrides,
    },
    calendar,
  );
  return plan;
}

/** Four weeks. */
export const DATED: Partial<LeavePlanInput> = { returnDay: '2031-06-30' };
export const SUSPICIOUS: Partial<LeavePlanInput> = { reason: 'suspicious' };
/** An account that another case left locked. */
export const OPENED: Partial<LeavePlanInput> = { opensOnly: true, givesAutoReply: false };
