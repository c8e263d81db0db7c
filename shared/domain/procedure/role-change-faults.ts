import type { LocalCalendar } from '../local-calendar.ts';
import type { RoleChangeProcedure, RoleChangeTemplate } from '../planner/role-change-procedure.ts';
import { endOfOldRights } from '../planner/role-change/end-of-old-rights.ts';
import type { StepKind } from '../step-kinds.ts';
import { ofKind, onSameTarget } from './checked-plan.ts';
import { faultsInLeavesOut } from './judged-lists.ts';
import { brokenRules, distinct } from './judged-plans.ts';
import { fault, type ProcedureFault, type Rule } from './procedure-fault.ts';
import { DEMOTED, sampleRoleChange } from './sample-role-change.ts';

/** What people are told. Nobody has a right, or loses one, by it. */
const OPTIONAL_KINDS: readonly StepKind[] = ['tellManagers', 'remindOldRights'];

/** On no target the old rights go before the new ones are there. */
const overlapRule: Rule<RoleChangeTemplate> = (checked) => {
  const given = ofKind(checked, 'addRights');
  return ofKind(checked, 'removeOldRights')
    .filter(
      (ending) =>
        !given.some(
          (one) =>
            onSameTarget(one, ending) &&
            checked.comesAfter(ending, one) &&
            checked.dueAtMs(ending) >= checked.dueAtMs(one),
        ),
    )
    .map(() =>
      fault('PROCEDURE_RIGHTS_END_EARLY', '/overlapDays', 'The old rights would not wait for the new ones.'),
    );
};

/** A reminder that there is no room for is left out in words, not by itself. */
const reminderRule: Rule<RoleChangeTemplate> = (checked, { leavesOut }) => {
  const { plan, dueAtMs } = checked;
  if (leavesOut.includes('remindOldRights')) return [];
  const endsAtMs = endOfOldRights(plan) ?? plan.leaveAtMs;
  const reminders = ofKind(checked, 'remindOldRights');
  const isInTime = reminders.every((step) => dueAtMs(step) > plan.leaveAtMs && dueAtMs(step) < endsAtMs);
  if (reminders.length > 0 && isInTime) return [];
  return [
    fault(
      'PROCEDURE_REMINDER_OUTSIDE_OVERLAP',
      '/reminderDaysBefore',
      'There would be no mail between the two.',
    ),
  ];
};

/** Of every plan that a version gives. */
export const ROLE_CHANGE_RULES: readonly Rule<RoleChangeTemplate>[] = [overlapRule, reminderRule];

/** Why a version of the procedure of role changes is not accepted; empty when it is. */
export function roleChangeFaults(
  procedure: RoleChangeProcedure,
  calendar: LocalCalendar,
): readonly ProcedureFault[] {
  const inList = faultsInLeavesOut(procedure.leavesOut, OPTIONAL_KINDS);
  if (inList.length > 0) return inList;
  // At the first minute of a day: later times are easier to keep.
  const who = { time: '00:00', targets: ['first', 'second'] };
  const plans = [{}, DEMOTED].map((variant) => sampleRoleChange(procedure, calendar, { ...who, ...variant }));
  return distinct(brokenRules(plans, ROLE_CHANGE_RULES, procedure));
}
