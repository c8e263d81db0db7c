import { isSettled } from '../case-states.ts';
import type { CommandRejectionCode } from '../../errors/failure-types.ts';
import { stepOf, type Plan } from '../plan.ts';
import { isInFlight } from './derive.ts';
import type { CaseProgress } from './progress.ts';

/** A command as a case judges it. Synchronous and pure: an update's validator may not wait. */
export type CaseCommand =
  | { readonly kind: 'reschedule'; readonly plan: Plan }
  | { readonly kind: 'pause' | 'resume' | 'cancel' | 'placeLegalHold' | 'liftLegalHold' }
  | { readonly kind: 'retry'; readonly stepKey: string }
  | { readonly kind: 'skip' | 'approve'; readonly stepKey: string; readonly actorId: string };

/** Why a case does not take a command; `undefined` when it does. */
export function rejectionOf(progress: CaseProgress, command: CaseCommand): CommandRejectionCode | undefined {
  if (progress.closedAtMs !== undefined || progress.cancelled) return 'CASE_CLOSED';
  switch (command.kind) {
    case 'reschedule':
      return planRejection(progress, command.plan);
    case 'pause':
      return progress.paused ? 'ALREADY_PAUSED' : undefined;
    case 'resume':
      return progress.paused ? undefined : 'NOT_PAUSED';
    case 'cancel':
      return progress.pointOfNoReturnAtMs === undefined ? undefined : 'POINT_OF_NO_RETURN';
    case 'placeLegalHold':
    case 'liftLegalHold':
      return undefined;
    case 'retry':
      return retryRejection(progress, command.stepKey);
    case 'skip':
      return skipRejection(progress, command.stepKey, command.actorId);
    case 'approve':
      return approvalRejection(progress, command.stepKey, command.actorId);
  }
}

/** A new plan may move what lies ahead; what was started stays as it is. */
function planRejection(progress: CaseProgress, plan: Plan): CommandRejectionCode | undefined {
  if (progress.pointOfNoReturnAtMs !== undefined) return 'POINT_OF_NO_RETURN';
  if (plan.version !== progress.plan.version + 1) return 'PLAN_OUTDATED';
  const moved = progress.plan.steps.some((step) => {
    const untouched =
      progress.steps[step.key]?.startedAtMs === undefined && progress.steps[step.key]?.tried !== true;
    if (untouched) return false;
    const planned = stepOf(plan, step.key);
    return planned === undefined || JSON.stringify(planned.due) !== JSON.stringify(step.due);
  });
  return moved ? 'PLAN_MOVES_EXECUTED_STEP' : undefined;
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
