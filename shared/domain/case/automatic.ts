import { isSettled } from '../case-states.ts';
import type { PlannedStep } from '../plan.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress } from './progress.ts';
import { isItsTurn, isWithheld, lacksApproval, wantedSteps } from './wanted-steps.ts';

/** Steps that wait for nobody. What is not settled of them some minutes after its instant is late, and it is our fault. */
export function automaticSteps(progress: CaseProgress): readonly PlannedStep[] {
  const { closedAtMs, cancelled, guardHeld, paused } = progress;
  if (closedAtMs !== undefined || cancelled || guardHeld === true || paused) return [];
  return wantedSteps(progress).filter(
    (step) =>
      !isSettled(progressOf(progress, step.key).status) &&
      step.manual !== true &&
      !lacksApproval(progress, step) &&
      !isWithheld(progress, step) &&
      isItsTurn(progress, step),
  );
}
