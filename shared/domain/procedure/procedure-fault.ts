import type { ProcedureFaultCode } from '../../errors/procedure-faults.ts';
import type { CheckedPlan } from './checked-plan.ts';

export interface ProcedureFault {
  readonly code: ProcedureFaultCode;
  /** JSON pointer into the template. */
  readonly field: string;
  /** What exactly, beside the reason that the code stands for. */
  readonly detail: string;
}

export function fault(code: ProcedureFaultCode, field: string, detail: string): ProcedureFault {
  return { code, field, detail };
}

/** What is wrong with a plan that a procedure gives, as the part of the template that causes it. */
export type Rule<Template> = (checked: CheckedPlan, template: Template) => readonly ProcedureFault[];
