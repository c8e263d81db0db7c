import type { PlannedStep } from '../plan.ts';
import type { StepKind } from '../step-kinds.ts';
import type { PreviousPlan } from './started-steps.ts';

/** Notices that went out for an earlier day stay in the plan; the new day gets a notice of its own. */
export function sentBefore(previous: PreviousPlan | undefined, kind: StepKind): readonly PlannedStep[] {
  if (previous === undefined) return [];
  return previous.plan.steps.filter((step) => step.kind === kind && previous.startedKeys.has(step.key));
}

export function nextKey(key: string, sent: readonly PlannedStep[]): string {
  return sent.length === 0 ? key : `${key}-${sent.length + 1}`;
}
