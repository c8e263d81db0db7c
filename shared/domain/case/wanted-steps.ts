import { isSettled } from '../case-states.ts';
import { isOfUndo, type PlannedStep } from '../plan.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress, StepProgress } from './progress.ts';

/** The resolved instant of a step; `undefined` while the step it counts from is not settled. */
export function dueAtMsOf(progress: CaseProgress, step: PlannedStep): number | undefined {
  if (step.due.kind === 'at') return step.due.atMs;
  const base = progress.steps[step.due.stepKey]?.settledAtMs;
  return base === undefined ? undefined : base + step.due.offsetMs;
}

/** The steps the case still has to carry out: the whole plan, or the way back. */
export function wantedSteps(progress: CaseProgress): readonly PlannedStep[] {
  return progress.undoing === true ? progress.plan.steps.filter(isOfUndo) : progress.plan.steps;
}

/** The way back begins when nothing of the way out is under way any more: a late write must not undo the undoing. */
export function isBlockedByWayOut(progress: CaseProgress): boolean {
  if (progress.undoing !== true) return false;
  return progress.plan.steps.some((step) => !isOfUndo(step) && isInFlight(progressOf(progress, step.key)));
}

export function isInFlight(step: StepProgress): boolean {
  return step.status === 'running' || step.status === 'retrying';
}

/** Checklist items whose instant is reached and whose order has come. */
export function dueItems(progress: CaseProgress, nowMs: number): readonly PlannedStep[] {
  return wantedSteps(progress).filter(
    (step) =>
      step.manual === true &&
      !isSettled(progressOf(progress, step.key).status) &&
      step.dependsOn.every((key) => isSettled(progress.steps[key]?.status ?? 'done')) &&
      (dueAtMsOf(progress, step) ?? Infinity) <= nowMs,
  );
}
