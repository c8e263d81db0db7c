import type { StepKind } from '../step-kinds.ts';

/** What the simulation has to know of an account to name the calls that will change something. */
export interface AccountFacts {
  readonly status: 'active' | 'disabled';
  readonly role: 'user' | 'administrator';
  readonly sessionCount: number;
  readonly appPasswordCount: number;
  readonly ownRuleCount: number;
}

/**
 * The write a step of this kind makes on an account in this state; `undefined` where it changes nothing there (it reads,
 * sends mail, writes an archive, or finds the wanted state). Operation names are those of the connector.
 */
export function expectedCall(kind: StepKind, facts: AccountFacts): string | undefined {
  switch (kind) {
    case 'disableAccount':
      return facts.status === 'active' ? 'disable' : undefined;
    case 'rotatePassword':
      return 'setPassword';
    case 'revokeAppPasswords':
      return facts.appPasswordCount > 0 ? 'revokeAppPasswords' : undefined;
    case 'revokeSessions':
      return facts.sessionCount > 0 ? 'revokeSessions' : undefined;
    case 'removeOwnRules':
      return facts.ownRuleCount > 0 ? 'removeOwnRules' : undefined;
    case 'dropAdministratorRole':
      return facts.role === 'administrator' ? 'setRole' : undefined;
    case 'startAutoReply':
      return 'setAutoReply';
    case 'endAutoReply':
      return 'endAutoReply';
    case 'deleteAccount':
      return 'deleteAccount';
    case 'notifyManager':
    case 'takeSnapshot':
    case 'proveLockedOut':
    case 'archiveMailbox':
    case 'openPurgeGate':
    case 'remindBeforeDeletion':
    case 'archiveNewMail':
    case 'quarantineAddress':
      return undefined;
  }
}
