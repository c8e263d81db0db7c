import { isSettled, type CaseState } from '../case-states.ts';
import { isPurgeGate } from '../plan.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress, StepProgress } from './progress.ts';
import { dueItems, isInFlight, wantedSteps } from './wanted-steps.ts';

/** Keeps what follows from the rest in step with it: since when a case is red, and what is still awaited of people. */
export function withDerived(progress: CaseProgress, atMs: number): CaseProgress {
  const { attention, approval, checklist, ...rest } = progress;
  const red = needsAttention(progress) ? { attention: attention ?? { sinceMs: atMs, notices: 0 } } : {};
  const awaited = approval !== undefined && stillAwaited(progress, approval.stepKey) ? { approval } : {};
  const items =
    checklist !== undefined && !progress.cancelled && dueItems(progress, atMs).length > 0
      ? { checklist }
      : {};
  return { ...rest, ...red, ...awaited, ...items };
}

function stillAwaited(progress: CaseProgress, key: string): boolean {
  const step = progress.steps[key];
  return (
    step !== undefined && step.approvedBy === undefined && !isSettled(step.status) && !progress.cancelled
  );
}

function wantedProgress(progress: CaseProgress): readonly StepProgress[] {
  return wantedSteps(progress).map((step) => progressOf(progress, step.key));
}

function isRed(step: StepProgress): boolean {
  return step.status === 'failed' || (step.flagged === true && !isSettled(step.status));
}

/** A step failed, or is overdue for too long. */
export function needsAttention(progress: CaseProgress): boolean {
  return progress.closedAtMs === undefined && !progress.cancelled && wantedProgress(progress).some(isRed);
}

/** The state of a case as people read it. `completed` only when every step was proven, attested or not applicable. */
export function caseStateOf(progress: CaseProgress): CaseState {
  const steps = wantedProgress(progress);
  if (progress.closedAtMs !== undefined) {
    if (progress.cancelled) return 'cancelled';
    if (progress.undoing === true) return 'undone';
    return steps.some((step) => step.status === 'skipped') ? 'completed_with_exceptions' : 'completed';
  }
  if (progress.guardHeld === true) return 'guard_held';
  if (progress.paused) return 'paused';
  if (steps.some((step) => step.status === 'failed')) return 'needs_attention';
  if (progress.undoing === true) return 'running';
  if (steps.every((step) => step.startedAtMs === undefined && !isSettled(step.status))) return 'scheduled';
  return isInGrace(progress) ? 'grace' : 'running';
}

/** The gate was passed, the deletion is yet to come. */
function isInGrace(progress: CaseProgress): boolean {
  const settled = (key: string): boolean => isSettled(progress.steps[key]?.status ?? 'waiting');
  const gates = progress.plan.steps.filter(isPurgeGate);
  const deletions = progress.plan.steps.filter((step) => step.destructive);
  return (
    gates.length > 0 &&
    gates.every((step) => settled(step.key)) &&
    deletions.some((step) => !settled(step.key))
  );
}

export function allSettled(progress: CaseProgress): boolean {
  return wantedProgress(progress).every((step) => isSettled(step.status));
}

export function anyInFlight(progress: CaseProgress): boolean {
  return Object.values(progress.steps).some(isInFlight);
}
