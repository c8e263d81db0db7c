import type { LocalCalendar } from '../local-calendar.ts';
import type { Plan } from '../plan.ts';
import { planRoleChange } from '../planner/plan-role-change.ts';
import type { RoleChangeProcedure } from '../planner/role-change-procedure.ts';
import type { RoleChangePlanInput } from '../planner/role-change/plan-input.ts';
import { SAMPLE_ASKED_AT_MS, SAMPLE_DAY, SAMPLE_ZONE } from './sample-day.ts';

/** Nobody's role change, by the planner of all role changes: something is given and something taken, and there is a new administrator. */
export function sampleRoleChange(
  procedure: RoleChangeProcedure,
  calendar: LocalCalendar,
  overrides: Partial<RoleChangePlanInput> = {},
): Plan {
  const { changeTime: time, overlapDays } = procedure;
  const { plan } = planRoleChange(
    {
      ...{ procedure, version: 1, nowMs: SAMPLE_ASKED_AT_MS, timeZone: SAMPLE_ZONE, date: SAMPLE_DAY },
      ...{ time, overlapDays, targets: ['first'], gives: true, takes: true, role: 'promoted' },
      noticePossible: true,
      ...overrides,
    },
    calendar,
  );
  return plan;
}

/** Nobody becomes an administrator and ceases to be one at once. */
export const DEMOTED: Partial<RoleChangePlanInput> = { role: 'demoted' };
