import type { StepKind } from '../../step-kinds.ts';
import { DAY_ZERO_KEYS, type DayZeroKind } from '../departure/day-zero.ts';
import { keyOn, paramsOn, type PlannedTarget } from '../departure/departure-days.ts';
import { at, inOrder, type StepDraft } from '../plan-step.ts';
import type { LeaveDays } from './leave-days.ts';

/** As in a departure, for the same evidence is looked for under the same key; proofs have their own. */
const KEYS: Readonly<Partial<Record<StepKind, string>>> = {
  ...DAY_ZERO_KEYS,
  proveLockedOut: 'prove-locked-out',
  proveDisabled: 'prove-disabled',
};

export const DISABLE_KEY = DAY_ZERO_KEYS.disableAccount;

export function lockKeyOn(target: PlannedTarget, kind: StepKind): string {
  return keyOn(target, KEYS[kind] ?? kind);
}

/** Whoever is on leave keeps password and app passwords, and finds them again. */
function kindsOf({ reason, procedure }: LeaveDays): readonly StepKind[] {
  const begins: readonly DayZeroKind[] = ['takeSnapshot', 'disableAccount'];
  return reason === 'suspicious'
    ? [...begins, ...procedure.revokes, 'proveLockedOut']
    : [...begins, 'revokeSessions', 'proveDisabled'];
}

/** Each step starts once the one before it was tried, whatever came of it. The person's keys to Gangway are of no target. */
export function lock(days: LeaveDays, target: PlannedTarget): readonly StepDraft[] {
  if (days.opensOnly) return [];
  const { reason, startAtMs } = days;
  const kinds = kindsOf(days).filter((kind) => kind !== 'revokeOwnKeys' || target.id === undefined);
  return inOrder(
    kinds.map((kind) => ({
      ...{ key: lockKeyOn(target, kind), kind, due: at(startAtMs) },
      params: { ...paramsOn(target), ...(saysWhy(kind) ? { reason } : {}) },
    })),
  );
}

function saysWhy(kind: StepKind): boolean {
  return kind === 'disableAccount' || kind === 'proveDisabled';
}

/** What the proof of the lock is called on a target. */
export function proofKeyOn({ reason }: LeaveDays, target: PlannedTarget): string {
  return lockKeyOn(target, reason === 'suspicious' ? 'proveLockedOut' : 'proveDisabled');
}
