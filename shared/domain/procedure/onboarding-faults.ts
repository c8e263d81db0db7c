import type { LocalCalendar } from '../local-calendar.ts';
import type { OnboardingProcedure, OnboardingTemplate } from '../planner/onboarding-procedure.ts';
import { DAY_MS } from '../planner/plan-step.ts';
import type { PlannedStep } from '../plan.ts';
import type { StepKind } from '../step-kinds.ts';
import { ofKind, onSameTarget } from './checked-plan.ts';
import { faultsInLeavesOut } from './judged-lists.ts';
import { brokenRules, distinct } from './judged-plans.ts';
import { fault, type ProcedureFault, type Rule } from './procedure-fault.ts';
import { sampleOnboarding } from './sample-onboarding.ts';

/** What people are told. Nobody gets in, or is kept out, by it. */
const OPTIONAL_KINDS: readonly StepKind[] = ['remindManager', 'followUp'];

/** No account opens before it was made, and made in time. */
const openingRule: Rule<OnboardingTemplate> = (checked) => {
  const made = ofKind(checked, 'createAccount');
  return ofKind(checked, 'activateAccount')
    .filter((opening) => {
      const making = made.find((step) => onSameTarget(step, opening));
      return (
        making === undefined ||
        !checked.comesAfter(opening, making) ||
        checked.dueAtMs(opening) - checked.dueAtMs(making) < DAY_MS
      );
    })
    .map(() => fault('PROCEDURE_ACCOUNT_LATE', '/createDaysBefore', 'It would be made later than that.'));
};

/** Of every account that opens it is proven that the person gets in, after the way in was given. */
const wayInRule: Rule<OnboardingTemplate> = (checked) => {
  const welcomes = ofKind(checked, 'giveWelcome');
  const proofs = ofKind(checked, 'proveUsable');
  const isProven = (opening: PlannedStep): boolean =>
    proofs.some(
      (proof) =>
        onSameTarget(proof, opening) &&
        [opening, ...welcomes].every((before) => checked.comesAfter(proof, before)),
    );
  if (welcomes.length > 0 && ofKind(checked, 'activateAccount').every(isProven)) return [];
  return [fault('PROCEDURE_STEP_ESSENTIAL', '/leavesOut', 'Nothing would prove the way in.')];
};

const noticesRule: Rule<OnboardingTemplate> = (checked) => {
  const { plan, dueAtMs } = checked;
  const late = ofKind(checked, 'remindManager').some((step) => dueAtMs(step) >= plan.leaveAtMs);
  const early = ofKind(checked, 'followUp').some((step) => dueAtMs(step) - plan.leaveAtMs < DAY_MS);
  return [
    ...(late
      ? [fault('PROCEDURE_REMINDER_LATE', '/reminderDaysBefore', 'The mail would come after that.')]
      : []),
    ...(early
      ? [fault('PROCEDURE_FOLLOW_UP_EARLY', '/followUpDays', 'The mail would come sooner than that.')]
      : []),
  ];
};

/** Of every plan that a version gives. */
export const ONBOARDING_RULES: readonly Rule<OnboardingTemplate>[] = [openingRule, wayInRule, noticesRule];

/** Why a version of the onboarding procedure is not accepted; empty when it is. */
export function onboardingFaults(
  procedure: OnboardingProcedure,
  calendar: LocalCalendar,
): readonly ProcedureFault[] {
  const inList = faultsInLeavesOut(procedure.leavesOut, OPTIONAL_KINDS);
  if (inList.length > 0) return inList;
  // Who comes at the first minute of a day: later times are easier to keep.
  const plan = sampleOnboarding(procedure, calendar, { startTime: '00:00', targets: ['first', 'second'] });
  return distinct(brokenRules([plan], ONBOARDING_RULES, procedure));
}
