import type { PlannedStep } from '../plan.ts';
import type { StepKind } from '../step-kinds.ts';
import { ofKind, onSameTarget, type CheckedPlan } from './checked-plan.ts';
import type { Rule } from './procedure-fault.ts';

const OPENED_BY_A_LIVE_ACCOUNT: readonly StepKind[] = [
  'revokeAppPasswords',
  'revokeOtherCredentials',
  'revokeSessions',
];

const isLocking = (step: PlannedStep): boolean => step.locking === true;
const isFirstProof = (step: PlannedStep): boolean => step.params['again'] === undefined;

/** The order of the last day, on every target: what was stored, then the lock, then what an open account could renew, then the proof. */
export const dayZeroRules: Rule = (checked, { dayZero }) => {
  const fieldOf = ({ kind }: PlannedStep): string =>
    `/dayZero/${(dayZero as readonly StepKind[]).indexOf(kind)}`;
  const locking = checked.plan.steps.filter(isLocking);
  const renewable = ofKind(checked, ...OPENED_BY_A_LIVE_ACCOUNT);
  const proofs = ofKind(checked, 'proveLockedOut').filter(isFirstProof);
  return [
    ...outOfOrder(checked, locking, ofKind(checked, 'takeSnapshot')).map(([step, before]) => ({
      code: 'PROCEDURE_SNAPSHOT_LATE' as const,
      ...{ field: fieldOf(step), detail: `${step.kind} does not come after ${before.kind}.` },
    })),
    ...outOfOrder(checked, renewable, ofKind(checked, 'disableAccount')).map(([step, before]) => ({
      code: 'PROCEDURE_REVOKES_BEFORE_DISABLING' as const,
      ...{ field: fieldOf(step), detail: `${step.kind} does not come after ${before.kind}.` },
    })),
    ...outOfOrder(checked, proofs, locking).map(([step, before]) => ({
      code: 'PROCEDURE_PROVES_BEFORE_LOCKING' as const,
      ...{ field: fieldOf(step), detail: `${step.kind} does not come after ${before.kind}.` },
    })),
  ];
};

/** Pairs on one target of which the second does not come before the first. */
function outOfOrder(
  { comesAfter }: CheckedPlan,
  steps: readonly PlannedStep[],
  before: readonly PlannedStep[],
): readonly (readonly [PlannedStep, PlannedStep])[] {
  return steps.flatMap((step) =>
    before
      .filter((one) => onSameTarget(one, step) && !comesAfter(step, one))
      .map((one) => [step, one] as const),
  );
}
