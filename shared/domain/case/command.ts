import { isSettled } from '../case-states.ts';
import type { CommandRejectionCode } from '../../errors/failure-types.ts';
import { stepOf, type Plan, type PlannedStep } from '../plan.ts';
import { UNDONE_BY } from '../step-kinds.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress } from './progress.ts';
import { isInFlight } from './wanted-steps.ts';

/** A command as a case judges it. Synchronous and pure: an update's validator may not wait. */
export type CaseCommand =
  | { readonly kind: 'reschedule'; readonly plan: Plan }
  | { readonly kind: 'pause' | 'resume' | 'placeLegalHold' | 'liftLegalHold' | 'freeze' | 'unfreeze' }
  /** `keep`: what was done stays as it is, although it could be undone. */
  | { readonly kind: 'cancel'; readonly keep: boolean }
  | { readonly kind: 'undo'; readonly plan: Plan }
  | { readonly kind: 'release'; readonly actorId: string }
  | { readonly kind: 'attest'; readonly stepKey: string }
  | { readonly kind: 'reapply'; readonly stepKey: string }
  | { readonly kind: 'retry'; readonly stepKey: string }
  | { readonly kind: 'skip' | 'approve'; readonly stepKey: string; readonly actorId: string };

/** Why a case does not take a command; `undefined` when it does. */
export function rejectionOf(progress: CaseProgress, command: CaseCommand): CommandRejectionCode | undefined {
  if (progress.closedAtMs !== undefined || progress.cancelled) return 'CASE_CLOSED';
  switch (command.kind) {
    case 'reschedule':
      return progress.undoing === true ? 'ALREADY_UNDOING' : planRejection(progress, command.plan);
    case 'pause':
      return progress.paused ? 'ALREADY_PAUSED' : undefined;
    case 'resume':
      return progress.paused ? undefined : 'NOT_PAUSED';
    case 'cancel':
      return cancelRejection(progress, command.keep);
    case 'undo':
      return undoRejection(progress, command.plan);
    case 'release':
      if (progress.guardHeld !== true) return 'NOT_GUARD_HELD';
      return command.actorId === progress.requestedBy ? 'RELEASER_IS_REQUESTER' : undefined;
    case 'placeLegalHold':
    case 'liftLegalHold':
    case 'freeze':
    case 'unfreeze':
      return undefined;
    case 'attest':
      return attestRejection(progress, command.stepKey);
    case 'reapply':
      return reapplyRejection(progress, command.stepKey);
    case 'retry':
      return retryRejection(progress, command.stepKey);
    case 'skip':
      return skipRejection(progress, command.stepKey, command.actorId);
    case 'approve':
      return approvalRejection(progress, command.stepKey, command.actorId);
  }
}

/** Whoever cancels a case that changed something says whether that stays, or has it undone. */
function cancelRejection(progress: CaseProgress, keep: boolean): CommandRejectionCode | undefined {
  if (progress.pointOfNoReturnAtMs !== undefined) return 'POINT_OF_NO_RETURN';
  if (keep) return undefined;
  if (progress.undoing === true) return 'ALREADY_UNDOING';
  return startedSteps(progress).some((step) => step.reversible) ? 'UNDO_NEEDED' : undefined;
}

/** The way back leaves what was started in its place, and covers everything that can be put back. */
function undoRejection(progress: CaseProgress, plan: Plan): CommandRejectionCode | undefined {
  if (progress.undoing === true) return 'ALREADY_UNDOING';
  const rejection = planRejection(progress, plan);
  if (rejection === 'PLAN_MOVES_EXECUTED_STEP') return 'PLAN_OUTDATED';
  if (rejection !== undefined) return rejection;
  const covered = new Set(plan.steps.map((step) => step.undoes));
  const uncovered = startedSteps(progress).some(
    (step) => step.manual !== true && UNDONE_BY[step.kind] !== undefined && !covered.has(step.key),
  );
  return uncovered ? 'PLAN_OUTDATED' : undefined;
}

/** Whatever may have had an effect. */
function startedSteps(progress: CaseProgress): readonly PlannedStep[] {
  return progress.plan.steps.filter((step) => {
    const { startedAtMs, tried } = progressOf(progress, step.key);
    return startedAtMs !== undefined || tried;
  });
}

function attestRejection(progress: CaseProgress, key: string): CommandRejectionCode | undefined {
  const planned = stepOf(progress.plan, key);
  if (planned === undefined) return 'STEP_UNKNOWN';
  if (planned.manual !== true) return 'STEP_NOT_MANUAL';
  return isSettled(progressOf(progress, key).status) ? 'STEP_ALREADY_SETTLED' : undefined;
}

/** A new plan may move what lies ahead; what was started stays as it is. */
function planRejection(progress: CaseProgress, plan: Plan): CommandRejectionCode | undefined {
  if (progress.pointOfNoReturnAtMs !== undefined) return 'POINT_OF_NO_RETURN';
  if (plan.version !== progress.plan.version + 1) return 'PLAN_OUTDATED';
  const isTouched = (key: string): boolean =>
    progress.steps[key]?.startedAtMs !== undefined || progress.steps[key]?.tried === true;
  const moved = progress.plan.steps.some((step) => {
    const planned = stepOf(plan, step.key);
    const sameDue = JSON.stringify(planned?.due) === JSON.stringify(step.due);
    if (isTouched(step.key)) return planned === undefined || !sameDue;
    // A grace that runs ends when it was said to: it counts from a gate that was tried.
    return planned !== undefined && !sameDue && step.due.kind === 'after' && isTouched(step.due.stepKey);
  });
  return moved ? 'PLAN_MOVES_EXECUTED_STEP' : undefined;
}

/** Only what was done and can be done again without harm: a setting with a stored before-state. */
function reapplyRejection(progress: CaseProgress, key: string): CommandRejectionCode | undefined {
  const planned = stepOf(progress.plan, key);
  if (planned === undefined) return 'STEP_UNKNOWN';
  if (progress.undoing === true) return 'ALREADY_UNDOING';
  const again = planned.reversible && !planned.destructive && progressOf(progress, key).status === 'done';
  return again ? undefined : 'STEP_NOT_RETRYABLE';
}

function retryRejection(progress: CaseProgress, key: string): CommandRejectionCode | undefined {
  const step = progress.steps[key];
  const planned = stepOf(progress.plan, key);
  if (step === undefined || planned === undefined) return 'STEP_UNKNOWN';
  // A deletion that is being tried watches over itself; to call it back could hide that it was carried out.
  if (planned.destructive && isInFlight(step)) return 'STEP_IN_FLIGHT';
  return step.status === 'failed' || step.status === 'retrying' ? undefined : 'STEP_NOT_RETRYABLE';
}

function skipRejection(
  progress: CaseProgress,
  key: string,
  actorId: string,
): CommandRejectionCode | undefined {
  const step = progress.steps[key];
  const planned = stepOf(progress.plan, key);
  if (step === undefined || planned === undefined) return 'STEP_UNKNOWN';
  if (planned.unskippable) return 'STEP_NOT_SKIPPABLE';
  if (isSettled(step.status)) return 'STEP_ALREADY_SETTLED';
  if (step.status === 'running') return 'STEP_IN_FLIGHT';
  return planned.essential && step.skipRequestedBy === actorId ? 'SECOND_PERSON_NEEDED' : undefined;
}

function approvalRejection(
  progress: CaseProgress,
  key: string,
  actorId: string,
): CommandRejectionCode | undefined {
  const step = progress.steps[key];
  const planned = stepOf(progress.plan, key);
  if (step === undefined || planned === undefined) return 'STEP_UNKNOWN';
  if (!planned.needsApproval) return 'APPROVAL_NOT_NEEDED';
  if (isSettled(step.status)) return 'STEP_ALREADY_SETTLED';
  return actorId === progress.requestedBy ? 'APPROVER_IS_REQUESTER' : undefined;
}
