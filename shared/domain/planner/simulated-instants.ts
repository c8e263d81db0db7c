import type { Plan } from '../plan.ts';

/**
 * The instant of every step if each is settled the moment it is due: what a simulation shows. A step that counts from
 * another comes after it in the plan.
 */
export function simulatedInstants(plan: Plan): ReadonlyMap<string, number> {
  const instants = new Map<string, number>();
  for (const step of plan.steps) {
    const base = step.due.kind === 'at' ? step.due.atMs : instants.get(step.due.stepKey);
    if (base === undefined)
      throw new Error(`plan step ${step.key} counts from a step that does not precede it`);
    const dueAtMs = step.due.kind === 'at' ? base : base + step.due.offsetMs;
    const ready = step.dependsOn.concat(step.follows).map((key) => instants.get(key) ?? dueAtMs);
    instants.set(step.key, Math.max(dueAtMs, ...ready));
  }
  return instants;
}
