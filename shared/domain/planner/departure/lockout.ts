import { at, inOrder, type StepDraft } from '../plan-step.ts';
import { DAY_ZERO_KEYS, locksAccount, type DayZeroKind } from './day-zero.ts';
import { keyOn, paramsOn, type DepartureDays, type PlannedTarget } from './departure-days.ts';

/** Its evidence holds the password that was in force before the departure. */
export const ROTATION_KEY = DAY_ZERO_KEYS.rotatePassword;

/** The first proof on a target: what comes in the weeks after leans on it. */
export function firstProofOn(target: PlannedTarget): string {
  return keyOn(target, DAY_ZERO_KEYS.proveLockedOut);
}

/** Day 0 as the procedure orders it. */
function dayZeroOf({ procedure }: DepartureDays): readonly DayZeroKind[] {
  return procedure.dayZero.filter((kind) => !procedure.leavesOut.includes(kind));
}

/** The steps a drifted proof has carried out again. */
function lockoutKeysOn(days: DepartureDays, target: PlannedTarget): readonly string[] {
  return dayZeroOf(days)
    .filter(locksAccount)
    .map((kind) => keyOn(target, DAY_ZERO_KEYS[kind]));
}

/**
 * Day 0 on one target: each step starts once the one before it was tried, whatever came of it. The person's own keys to
 * Gangway are of no target: revoked once, with the first.
 */
export function lockout(days: DepartureDays, target: PlannedTarget): readonly StepDraft[] {
  const due = at(days.leaveAtMs);
  const kinds = dayZeroOf(days).filter((kind) => kind !== 'revokeOwnKeys' || target.id === undefined);
  return inOrder(
    kinds.map((kind) => ({
      key: keyOn(target, DAY_ZERO_KEYS[kind]),
      ...{ kind, due, params: paramsOn(target) },
    })),
  );
}

/** The lockout proven again in the weeks after. */
export function proofs(days: DepartureDays, target: PlannedTarget): readonly StepDraft[] {
  return days.procedure.proofDays.map((day) => ({
    key: keyOn(target, `prove-day-${day}`),
    kind: 'proveLockedOut',
    due: at(days.dayAfter(day)),
    ...provenAgain(days, target, [firstProofOn(target)]),
  }));
}

export function provenAgain(days: DepartureDays, target: PlannedTarget, dependsOn: readonly string[]) {
  return { dependsOn, reapplies: lockoutKeysOn(days, target), params: { ...paramsOn(target), again: 1 } };
}
