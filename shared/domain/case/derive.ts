import { isSettled, type CaseState } from '../case-states.ts';
import type { CaseProgress, StepProgress } from './progress.ts';

/** Keeps what follows from the rest in step with it: since when a case is red, and whether an approval is still awaited. */
export function withDerived(progress: CaseProgress, atMs: number): CaseProgress {
  const { attention, approval, ...rest } = progress;
  const red = needsAttention(progress) ? { attention: attention ?? { sinceMs: atMs, notices: 0 } } : {};
  const awaited = approval !== undefined && stillAwaited(progress, approval.stepKey) ? { approval } : {};
  return { ...rest, ...red, ...awaited };
}

function stillAwaited(progress: CaseProgress, key: string): boolean {
  const step = progress.steps[key];
  return (
    step !== undefined && step.approvedBy === undefined && !isSettled(step.status) && !progress.cancelled
  );
}

function isRed(step: StepProgress): boolean {
  return step.status === 'failed' || (step.flagged === true && !isSettled(step.status));
}

/** A step failed, or is overdue for too long. */
export function needsAttention(progress: CaseProgress): boolean {
  return (
    progress.closedAtMs === undefined && !progress.cancelled && Object.values(progress.steps).some(isRed)
  );
}

/** The state of a case as people read it. `completed` only when every step was proven, attested or not applicable. */
export function caseStateOf(progress: CaseProgress): CaseState {
  const steps = Object.values(progress.steps);
  if (progress.closedAtMs !== undefined) {
    if (progress.cancelled) return 'cancelled';
    return steps.some((step) => step.status === 'skipped') ? 'completed_with_exceptions' : 'completed';
  }
  if (progress.paused) return 'paused';
  if (steps.some((step) => step.status === 'failed')) return 'needs_attention';
  if (steps.every((step) => step.startedAtMs === undefined && !isSettled(step.status))) return 'scheduled';
  return isInGrace(progress) ? 'grace' : 'running';
}

/** The gate was passed, the deletion is yet to come. */
function isInGrace(progress: CaseProgress): boolean {
  const settled = (key: string): boolean => isSettled(progress.steps[key]?.status ?? 'waiting');
  const gates = progress.plan.steps.filter((step) => step.needsApproval);
  const deletions = progress.plan.steps.filter((step) => step.destructive);
  return (
    gates.length > 0 &&
    gates.every((step) => settled(step.key)) &&
    deletions.some((step) => !settled(step.key))
  );
}

export function allSettled(progress: CaseProgress): boolean {
  return Object.values(progress.steps).every((step) => isSettled(step.status));
}

export function isInFlight(step: StepProgress): boolean {
  return step.status === 'running' || step.status === 'retrying';
}

export function anyInFlight(progress: CaseProgress): boolean {
  return Object.values(progress.steps).some(isInFlight);
}
