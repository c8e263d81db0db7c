import type { Due, Plan } from '../plan.ts';

/**
 * The instant of every step if each is settled the moment it is due: what a simulation shows. A step that counts from
 * another comes after it in the plan. What waits until somebody asks for it has no instant, nor has anything behind it.
 */
export function simulatedInstants(plan: Plan): ReadonlyMap<string, number> {
  const instants = new Map<string, number>();
  const open = new Set<string>();
  for (const { key, due, dependsOn, follows } of plan.steps) {
    const before = [...dependsOn, ...follows, ...(due.kind === 'after' ? [due.stepKey] : [])];
    if (due.kind === 'asked' || before.some((other) => open.has(other))) {
      open.add(key);
      continue;
    }
    const dueAtMs = instantOf(key, due, instants);
    const ready = dependsOn.concat(follows).map((other) => instants.get(other) ?? dueAtMs);
    instants.set(key, Math.max(dueAtMs, ...ready));
  }
  return instants;
}

function instantOf(
  key: string,
  due: Exclude<Due, { kind: 'asked' }>,
  instants: ReadonlyMap<string, number>,
): number {
  if (due.kind === 'at') return due.atMs;
  const base = instants.get(due.stepKey);
  if (base === undefined) throw new Error(`plan step ${key} counts from a step that does not precede it`);
  return base + due.offsetMs;
}
