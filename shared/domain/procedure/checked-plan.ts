import type { Plan, PlannedStep } from '../plan.ts';

/** A plan, and what the rules of a procedure ask of it. */
export interface CheckedPlan {
  readonly plan: Plan;
  /** The instant a step is due by the numbers alone, whatever else it waits for. */
  readonly dueAtMs: (step: PlannedStep) => number;
  /** Whether a step waits for another one, itself or through others: for its success, or for its first try. */
  readonly comesAfter: (step: PlannedStep, earlier: PlannedStep) => boolean;
}

export function checkedPlan(plan: Plan): CheckedPlan {
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const known = new Map<string, ReadonlySet<string>>();

  function awaited(key: string): ReadonlySet<string> {
    const found = known.get(key);
    if (found !== undefined) return found;
    const all = new Set<string>();
    // In place before it is complete: a plan in which steps wait for each other comes to an end here as well.
    known.set(key, all);
    const step = byKey.get(key);
    for (const one of [...(step?.dependsOn ?? []), ...(step?.follows ?? [])]) {
      all.add(one);
      for (const further of awaited(one)) all.add(further);
    }
    return all;
  }

  function dueAtMs({ due }: PlannedStep): number {
    if (due.kind === 'at') return due.atMs;
    if (due.kind === 'asked') return Number.NaN;
    const base = byKey.get(due.stepKey);
    return base === undefined ? Number.NaN : dueAtMs(base) + due.offsetMs;
  }

  return { plan, dueAtMs, comesAfter: (step, earlier) => awaited(step.key).has(earlier.key) };
}

export function ofKind({ plan }: CheckedPlan, ...kinds: readonly PlannedStep['kind'][]) {
  return plan.steps.filter((step) => kinds.includes(step.kind));
}

export function onSameTarget(a: PlannedStep, b: PlannedStep): boolean {
  return a.params['target'] === b.params['target'];
}
