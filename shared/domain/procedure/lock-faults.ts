import type { PlannedStep } from '../plan.ts';
import type { StepKind } from '../step-kinds.ts';
import { ofKind, onSameTarget, type CheckedPlan } from './checked-plan.ts';
import { fault, type ProcedureFault } from './procedure-fault.ts';

const OPENED_BY_A_LIVE_ACCOUNT: readonly StepKind[] = [
  'revokeAppPasswords',
  'revokeOtherCredentials',
  'revokeSessions',
];

const isFirst = (step: PlannedStep): boolean => step.params['again'] === undefined;

/**
 * The order in which an account is locked, on every target: what was stored, then the lock, then what an open account could
 * renew, then a proof, which no later one stands for. `order`: the list of the template, and where it is.
 */
export function lockFaults(
  checked: CheckedPlan,
  order: { readonly field: string; readonly kinds: readonly StepKind[] },
): readonly ProcedureFault[] {
  const locking = checked.plan.steps.filter((step) => step.locking === true);
  const renewable = ofKind(checked, ...OPENED_BY_A_LIVE_ACCOUNT);
  const proofs = ofKind(checked, 'proveLockedOut', 'proveDisabled').filter(isFirst);
  const fieldOf = ({ kind }: PlannedStep): string => {
    const index = order.kinds.indexOf(kind);
    return index === -1 ? order.field : `${order.field}/${index}`;
  };
  const late = [
    ['PROCEDURE_SNAPSHOT_LATE', locking, ofKind(checked, 'takeSnapshot')],
    ['PROCEDURE_REVOKES_BEFORE_DISABLING', renewable, ofKind(checked, 'disableAccount')],
    ['PROCEDURE_PROVES_BEFORE_LOCKING', proofs, locking],
  ] as const;
  const unproven = locking.filter((step) => !proofs.some((proof) => onSameTarget(proof, step)));
  return [
    ...late.flatMap(([code, steps, before]) =>
      outOfOrder(checked, steps, before).map(([step, one]) =>
        fault(code, fieldOf(step), `${step.kind} does not come after ${one.kind}.`),
      ),
    ),
    ...unproven.map(() => fault('PROCEDURE_STEP_ESSENTIAL', order.field, 'Nothing would prove the lock.')),
  ];
}

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
