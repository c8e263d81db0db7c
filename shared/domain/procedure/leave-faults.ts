import { REVOKED_KINDS, type LeaveProcedure, type LeaveTemplate } from '../leave.ts';
import type { LocalCalendar } from '../local-calendar.ts';
import type { Plan } from '../plan.ts';
import type { StepKind } from '../step-kinds.ts';
import { ofKind, onSameTarget } from './checked-plan.ts';
import { faultsInLeavesOut, faultsOfRepetition } from './judged-lists.ts';
import { brokenRules, distinct } from './judged-plans.ts';
import { lockFaults } from './lock-faults.ts';
import { fault, type ProcedureFault, type Rule } from './procedure-fault.ts';
import { DATED, OPENED, sampleLeave, SUSPICIOUS } from './sample-leave.ts';

const OPTIONAL_KINDS: readonly StepKind[] = ['notifyManager'];

const lockRule: Rule<LeaveTemplate> = (checked, { revokes: kinds }) =>
  lockFaults(checked, { field: '/revokes', kinds });

/** Whoever decides has looked at the rest, and nothing opens before. */
const decisionRule: Rule<LeaveTemplate> = (checked) => {
  const items = ofKind(checked, 'investigate');
  const opens = ofKind(checked, 'enableAccount');
  const isSuspicion = ofKind(checked, 'proveLockedOut').length > 0;
  const isDecided =
    items.at(-1)?.key === 'decide' &&
    opens.every((open) => items.every((item) => checked.comesAfter(open, item)));
  if (!isSuspicion || isDecided) return [];
  return [fault('PROCEDURE_UNDECIDED', '/investigation', 'The last item is not the decision.')];
};

/** Of every account that was opened again it is proven that it is open. */
const returnRule: Rule<LeaveTemplate> = (checked) => {
  const proofs = ofKind(checked, 'proveActive');
  const isProven = ofKind(checked, 'enableAccount').every((open) =>
    proofs.some((proof) => onSameTarget(proof, open) && checked.comesAfter(proof, open)),
  );
  return isProven
    ? []
    : [fault('PROCEDURE_STEP_ESSENTIAL', '/leavesOut', 'Nothing would prove that the account is open.')];
};

/** Of every plan that a version gives. */
export const LEAVE_RULES: readonly Rule<LeaveTemplate>[] = [lockRule, decisionRule, returnRule];

/** Why a version of the procedure of leaves is not accepted; empty when it is. */
export function leaveFaults(procedure: LeaveProcedure, calendar: LocalCalendar): readonly ProcedureFault[] {
  const { leavesOut, revokes, investigation } = procedure;
  const inLists = [
    ...faultsInLeavesOut(leavesOut, OPTIONAL_KINDS),
    ...faultsOfRepetition('/revokes', revokes),
    ...faultsOfRepetition('/investigation', investigation),
  ];
  if (inLists.length > 0) return inLists;
  const missing = REVOKED_KINDS.filter((kind) => !revokes.includes(kind)).map((kind) =>
    fault('PROCEDURE_STEP_ESSENTIAL', '/revokes', `${kind} would not be carried out.`),
  );
  const plans = samplePlans(procedure, calendar);
  return distinct([...missing, ...brokenRules(plans, LEAVE_RULES, procedure)]);
}

function samplePlans(procedure: LeaveProcedure, calendar: LocalCalendar): readonly Plan[] {
  const targets = ['first', 'second'];
  return [{}, DATED, SUSPICIOUS, OPENED, { ...OPENED, ...SUSPICIOUS }].map((variant) =>
    sampleLeave(procedure, calendar, { ...variant, targets }),
  );
}
