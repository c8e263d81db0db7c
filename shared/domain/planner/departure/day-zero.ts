import type { StepKind } from '../../step-kinds.ts';

/** The steps at the leave time with their keys, in the usual order. A proof that finds drift has most of them carried out again. */
export const DAY_ZERO_KEYS = {
  takeSnapshot: 'take-snapshot',
  disableAccount: 'disable-account',
  rotatePassword: 'rotate-password',
  revokeAppPasswords: 'revoke-app-passwords',
  revokeOtherCredentials: 'revoke-other-credentials',
  switchOffProtocols: 'switch-off-protocols',
  revokeSessions: 'revoke-sessions',
  removeOwnRules: 'remove-own-rules',
  dropAdministratorRole: 'drop-administrator-role',
  removeMemberships: 'remove-memberships',
  revokeOwnKeys: 'revoke-own-keys',
  proveLockedOut: 'prove-day-0',
} as const satisfies Readonly<Partial<Record<StepKind, string>>>;

export type DayZeroKind = keyof typeof DAY_ZERO_KEYS;
export const DAY_ZERO_KINDS = Object.keys(DAY_ZERO_KEYS) as readonly DayZeroKind[];

/** The ones that lock an account, and can be carried out again. The person's own keys to Gangway are of no target. */
export function locksAccount(kind: DayZeroKind): boolean {
  return kind !== 'takeSnapshot' && kind !== 'revokeOwnKeys' && kind !== 'proveLockedOut';
}
