import type { Plan, PlannedStep } from '../plan.ts';
import type { StepDraft } from './plan-step.ts';

export interface PreviousPlan {
  readonly plan: Plan;
  readonly startedKeys: ReadonlySet<string>;
  /**
   * The leave instant and the notices stay as they are: another procedure is put in the place of the one in force. Only
   * before the purge gate is tried: what was approved is carried out as it is.
   */
  readonly leaveStays?: true;
}

/** What was started keeps its place: history is not planned anew. */
export function keepStarted(step: PlannedStep, previous: PreviousPlan | undefined): PlannedStep {
  if (previous?.startedKeys.has(step.key) !== true) return step;
  return previous.plan.steps.find((old) => old.key === step.key) ?? step;
}

/**
 * The steps until the gate, with what was started and the procedure no longer has, behind whatever it stood behind: a red
 * step does not go away because a newer version knows it no more, and the gate waits for it.
 */
export function withStarted(
  drafts: readonly StepDraft[],
  previous: PreviousPlan | undefined,
): readonly StepDraft[] {
  if (previous?.leaveStays !== true) return drafts;
  const made = [...drafts];
  let place = 0;
  for (const step of previous.plan.steps) {
    const known = made.findIndex((draft) => draft.key === step.key);
    if (known !== -1) place = known + 1;
    else if (previous.startedKeys.has(step.key)) {
      made.splice(place, 0, step);
      place += 1;
    }
  }
  return made;
}
