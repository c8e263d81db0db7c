import type { StepKind } from '../step-kinds.ts';
import { fault, type ProcedureFault } from './procedure-fault.ts';

/** Steps that must not be left out. `optional`: those that nothing that is promised leans on. */
export function faultsInLeavesOut(
  leavesOut: readonly StepKind[],
  optional: readonly StepKind[],
): readonly ProcedureFault[] {
  return leavesOut.flatMap((kind, index) =>
    optional.includes(kind)
      ? []
      : [fault('PROCEDURE_STEP_ESSENTIAL', `/leavesOut/${index}`, `It is ${kind}.`)],
  );
}

/** What stands in a list twice. */
export function faultsOfRepetition(field: string, list: readonly string[]): readonly ProcedureFault[] {
  return list.flatMap((one, index) =>
    list.indexOf(one) === index ? [] : [fault('PROCEDURE_STEP_TWICE', `${field}/${index}`, `It is ${one}.`)],
  );
}
