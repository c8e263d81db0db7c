import { isSettled } from '../case-states.ts';
import { isPurgeGate } from '../plan.ts';
import { FRESH_STEP, progressOf } from './open-case.ts';
import type { CaseProgress } from './progress.ts';

/** Gates that were passed although the deletion they guard was not carried out yet. */
export function passedGates(progress: CaseProgress): readonly string[] {
  const deleted = progress.plan.steps.some(
    (step) => step.destructive && isSettled(progressOf(progress, step.key).status),
  );
  if (deleted) return [];
  return progress.plan.steps
    .filter((step) => isPurgeGate(step) && isSettled(progressOf(progress, step.key).status))
    .map((step) => step.key);
}

/**
 * Has steps carried out again, and with them every step whose instant counts from one of them: a grace that was interrupted
 * starts anew. A new round means new evidence; an approval stays. An attempt under way,
 * or a deletion, comes to its own end.
 */
export function reopen(progress: CaseProgress, keys: readonly string[]): CaseProgress {
  if (keys.length === 0) return progress;
  const again = new Set(keys);
  for (const step of progress.plan.steps) {
    if (step.due.kind === 'after' && again.has(step.due.stepKey)) again.add(step.key);
  }
  const destructive = new Set(progress.plan.steps.filter((step) => step.destructive).map((step) => step.key));
  const steps = Object.entries(progress.steps).map(([key, step]) => {
    const untouched = step.status === 'waiting' && !step.tried;
    const leave = step.status === 'running' || (step.status === 'retrying' && destructive.has(key));
    if (!again.has(key) || untouched || leave) return [key, step] as const;
    const approval = step.approvedBy === undefined ? {} : { approvedBy: step.approvedBy };
    const called = step.called === undefined ? {} : { called: step.called };
    return [key, { ...FRESH_STEP, ...approval, ...called, round: step.round + 1 }] as const;
  });
  return { ...progress, steps: Object.fromEntries(steps) };
}
