import { isSettled } from '../case-states.ts';
import { isOfUndo, isPurgeGate, type PlannedStep } from '../plan.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress, StepProgress } from './progress.ts';

/** The resolved instant of a step; `undefined` while the step it counts from is not settled, or somebody has to ask for it. */
export function dueAtMsOf(progress: CaseProgress, step: PlannedStep): number | undefined {
  if (step.due.kind === 'at') return step.due.atMs;
  if (step.due.kind === 'asked') return undefined;
  const base = progress.steps[step.due.stepKey]?.settledAtMs;
  return base === undefined ? undefined : base + step.due.offsetMs;
}

/** The earliest instant of these steps that is known. */
export function firstDueAtMs(progress: CaseProgress, steps: readonly PlannedStep[]): number | undefined {
  const instants = steps.map((step) => dueAtMsOf(progress, step)).filter((atMs) => atMs !== undefined);
  return instants.length > 0 ? Math.min(...instants) : undefined;
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

/** What must be settled before it is. */
export function isItsTurn(progress: CaseProgress, step: PlannedStep): boolean {
  return step.dependsOn.every((key) => isSettled(progress.steps[key]?.status ?? 'done'));
}

/** A legal hold keeps from deleting, a freeze from taking away. */
export function isWithheld(progress: CaseProgress, step: PlannedStep): boolean {
  const guarded = step.destructive || isPurgeGate(step);
  const takesAway = step.destructive || step.locking === true;
  return (guarded && progress.onLegalHold) || (takesAway && progress.frozen === true);
}

export function lacksApproval(progress: CaseProgress, step: PlannedStep): boolean {
  return step.needsApproval && progressOf(progress, step.key).approvedBy === undefined;
}

/** Checklist items whose instant is reached and whose order has come. */
export function dueItems(progress: CaseProgress, nowMs: number): readonly PlannedStep[] {
  return wantedSteps(progress).filter(
    (step) =>
      step.manual === true &&
      !isSettled(progressOf(progress, step.key).status) &&
      isItsTurn(progress, step) &&
      (dueAtMsOf(progress, step) ?? Infinity) <= nowMs,
  );
}
