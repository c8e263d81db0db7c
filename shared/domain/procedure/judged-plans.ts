import type { Plan } from '../plan.ts';
import { checkedPlan } from './checked-plan.ts';
import type { ProcedureFault, Rule } from './procedure-fault.ts';

/** The rules that plans break. */
export function brokenRules<Template>(
  plans: readonly Plan[],
  rules: readonly Rule<Template>[],
  template: Template,
): readonly ProcedureFault[] {
  return plans.flatMap((plan) => {
    const checked = checkedPlan(plan);
    return rules.flatMap((rule) => rule(checked, template));
  });
}

/** Each fault once, however many plans show it. */
export function distinct(faults: readonly ProcedureFault[]): readonly ProcedureFault[] {
  const nameOf = ({ code, field }: ProcedureFault): string => `${code} ${field}`;
  return faults.filter((one, index) => faults.findIndex((other) => nameOf(other) === nameOf(one)) === index);
}
