import type { Evidence } from './evidence.ts';
import type { Plan } from './plan.ts';

/** When an account was first proven locked out, counted from the instant it was due. */
export interface TargetLockout {
  /** Absent while no step has reached the target. */
  readonly target?: string;
  /** The first proof on the target. */
  readonly stepKey: string;
  readonly provenAtMs?: number;
  readonly timeToLockoutMs?: number;
}

export interface LockoutTimes {
  readonly targets: readonly TargetLockout[];
  /** To the last target's first proof; absent until every target is proven. */
  readonly timeToLockoutMs?: number;
}

/** Time to lockout, for each target of a plan and overall. A target that has no such account does not count. */
export function lockoutTimes(plan: Plan, evidence: readonly Evidence[]): LockoutTimes {
  const first = plan.steps.filter((step) => step.kind === 'proveLockedOut' && step.params['again'] !== 1);
  const targets = first.flatMap((step): readonly TargetLockout[] => {
    const rounds = evidence.filter(({ stepKey }) => stepKey === step.key);
    if (rounds.some(({ status }) => status === 'not_applicable')) return [];
    const target = step.params['target'] ?? rounds.find((round) => round.target !== undefined)?.target;
    const times = rounds.flatMap(({ occurredAtMs, proof }) => {
      const timeToLockoutMs = proof?.['timeToLockoutMs'];
      return occurredAtMs === undefined || typeof timeToLockoutMs !== 'number'
        ? []
        : [{ provenAtMs: occurredAtMs, timeToLockoutMs }];
    });
    const earliest = times.toSorted((a, b) => a.provenAtMs - b.provenAtMs)[0];
    return [{ ...(target === undefined ? {} : { target: String(target) }), stepKey: step.key, ...earliest }];
  });
  const known = targets.flatMap(({ timeToLockoutMs }) => timeToLockoutMs ?? []);
  const complete = targets.length > 0 && known.length === targets.length;
  return { targets, ...(complete ? { timeToLockoutMs: Math.max(...known) } : {}) };
}
