import type { StepKind } from '../../step-kinds.ts';
import { at, inOrder, type StepDraft } from '../plan-step.ts';
import { keyOn, paramsOn, type DepartureDays, type PlannedTarget } from './departure-days.ts';

/** Its evidence holds the password that was in force before the departure. */
export const ROTATION_KEY = 'rotate-password';

/** The steps that lock an account, in order. A proof that finds drift has them carried out again. */
const LOCKOUT: readonly { readonly key: string; readonly kind: StepKind }[] = [
  { key: 'disable-account', kind: 'disableAccount' },
  { key: ROTATION_KEY, kind: 'rotatePassword' },
  { key: 'revoke-app-passwords', kind: 'revokeAppPasswords' },
  { key: 'revoke-other-credentials', kind: 'revokeOtherCredentials' },
  { key: 'switch-off-protocols', kind: 'switchOffProtocols' },
  { key: 'revoke-sessions', kind: 'revokeSessions' },
  { key: 'remove-own-rules', kind: 'removeOwnRules' },
  { key: 'drop-administrator-role', kind: 'dropAdministratorRole' },
  { key: 'remove-memberships', kind: 'removeMemberships' },
];
/** The person's own keys to Gangway: of no target, revoked once, before the first proof. */
const OWN_KEYS = { key: 'revoke-own-keys', kind: 'revokeOwnKeys' } as const;
const PROOF_KEY = 'prove-day-0';

/** The first proof on a target: what comes in the weeks after leans on it. */
export function firstProofOn(target: PlannedTarget): string {
  return keyOn(target, PROOF_KEY);
}

/** The steps a drifted proof has carried out again. */
export function lockoutKeysOn({ procedure }: DepartureDays, target: PlannedTarget): readonly string[] {
  const known = LOCKOUT.filter((step) => !procedure.leavesOut.includes(step.kind));
  return known.map((step) => keyOn(target, step.key));
}

/** Day 0 on one target: each step starts once the one before it was tried, whatever came of it. */
export function lockout(
  { leaveAtMs, procedure }: DepartureDays,
  target: PlannedTarget,
): readonly StepDraft[] {
  const due = at(leaveAtMs);
  const steps: readonly { readonly key: string; readonly kind: StepKind }[] = [
    { key: 'take-snapshot', kind: 'takeSnapshot' },
    ...LOCKOUT,
    ...(target.id === undefined ? [OWN_KEYS] : []),
    { key: PROOF_KEY, kind: 'proveLockedOut' },
  ];
  const known = steps.filter((step) => !procedure.leavesOut.includes(step.kind));
  return inOrder(
    known.map(({ key, kind }) => ({ key: keyOn(target, key), kind, due, params: paramsOn(target) })),
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
