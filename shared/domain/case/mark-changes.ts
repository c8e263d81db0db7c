import type { PlannedStep } from '../plan.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress, StepProgress } from './progress.ts';
import { stepViewOf } from './projection.ts';
import { dueAtMsOf } from './wanted-steps.ts';

/**
 * Notes at every step which change of the case was the last that can be seen of it, so that a follower can ask for what is
 * newer. Another plan is another order of steps: then all of them count as changed.
 */
export function markChanges(before: CaseProgress, after: CaseProgress): CaseProgress {
  const anotherPlan = after.plan !== before.plan;
  const steps = after.plan.steps.map((planned): readonly [string, StepProgress] => {
    const { changedAtSequence: _mark, ...step } = progressOf(after, planned.key);
    const changed = anotherPlan || looksDifferent(before, after, planned);
    const mark = changed ? after.sequence : before.steps[planned.key]?.changedAtSequence;
    return [planned.key, mark === undefined ? step : { ...step, changedAtSequence: mark }];
  });
  return { ...after, steps: Object.fromEntries(steps) };
}

function looksDifferent(before: CaseProgress, after: CaseProgress, planned: PlannedStep): boolean {
  const untouched =
    before.steps[planned.key] === after.steps[planned.key] &&
    dueAtMsOf(before, planned) === dueAtMsOf(after, planned);
  return !untouched && seen(before, planned) !== seen(after, planned);
}

function seen(progress: CaseProgress, planned: PlannedStep): string {
  return JSON.stringify({ ...stepViewOf(progress, planned), changedAtSequence: 0 });
}
