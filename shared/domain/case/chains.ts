import type { PlannedStep } from '../plan.ts';
import { startableSteps } from './next-work.ts';
import { progressOf } from './open-case.ts';
import type { CaseProgress, StepProgress } from './progress.ts';

/** Steps that are carried out one after the other by one activity; each but the first follows the one before it. */
export type Chain = readonly [PlannedStep, ...PlannedStep[]];

/**
 * What is started at this instant, each with the steps that may begin as soon as it was tried: a day of twelve steps is one
 * activity instead of twelve, and an account is locked as fast as its target answers. Only steps that take seconds, and that
 * can be called back, are taken along.
 */
export function chainsOf(
  progress: CaseProgress,
  start: readonly PlannedStep[],
  nowMs: number,
): readonly Chain[] {
  const taken = new Set(start.map((step) => step.key));
  return start.map((first) => {
    let chain: Chain = [first];
    for (let next = nextIn(progress, chain, taken, nowMs); next !== undefined;) {
      chain = [...chain, next];
      taken.add(next.key);
      next = nextIn(progress, chain, taken, nowMs);
    }
    return chain;
  });
}

function nextIn(
  progress: CaseProgress,
  chain: Chain,
  taken: ReadonlySet<string>,
  nowMs: number,
): PlannedStep | undefined {
  const last = chain.at(-1);
  if (last === undefined || !isBrief(last)) return undefined;
  return startableSteps(onceTried(progress, chain), nowMs).find(
    (step) => !taken.has(step.key) && isBrief(step) && step.follows.includes(last.key),
  );
}

function isBrief(step: PlannedStep): boolean {
  return step.patience === 'dayZero' && !step.destructive;
}

/** The case as it is once these steps were tried, whatever came of it. */
function onceTried(progress: CaseProgress, chain: Chain): CaseProgress {
  const tried = chain.map(({ key }): readonly [string, StepProgress] => [
    key,
    { ...progressOf(progress, key), status: 'running', tried: true },
  ]);
  return { ...progress, steps: { ...progress.steps, ...Object.fromEntries(tried) } };
}
