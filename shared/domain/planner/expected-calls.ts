import type { StepKind } from '../step-kinds.ts';

type SeveralCalls = 'revokeOtherCredentials' | 'removeMemberships' | 'revokeOwnKeys' | 'addRights';

/** What the simulation has to know of an account to name the calls that will change something. */
export interface AccountFacts {
  readonly status: 'active' | 'disabled';
  readonly role: 'user' | 'administrator';
  readonly sessionCount: number;
  readonly appPasswordCount: number;
  readonly ownRuleCount: number;
  readonly oauthGrantCount: number;
  readonly openLinkCount: number;
  readonly recoveryMeansCount: number;
  readonly openProtocolCount: number;
  readonly membershipCount: number;
  readonly delegationCount: number;
  /** The person's own usable keys to Gangway. */
  readonly ownKeyCount: number;
  /** What may be handed over. */
  readonly belongings?: BelongingFacts;
  /** What a role change would find. */
  readonly roleChange?: RoleChangeFacts;
}

export interface RoleChangeFacts {
  /** Rights of the new role that the account does not have. */
  readonly missingCount: number;
  /** Rights of the old role that it has. */
  readonly endingCount: number;
  readonly quotaDiffers: boolean;
}

export interface BelongingFacts {
  readonly messageCount: number;
  readonly fileCount: number;
  readonly sharedCalendarCount: number;
  readonly futureMeetingCount: number;
  readonly contactCount: number;
}

/**
 * The writes a step of this kind makes for an account in this state, in order; none where it changes nothing there.
 * Operation names are those of the connector; `revokeApiKey` is ours.
 */
export function expectedCalls(kind: StepKind, facts: AccountFacts): readonly string[] {
  switch (kind) {
    case 'revokeOtherCredentials':
      return [
        ...(facts.oauthGrantCount > 0 ? ['revokeOauthGrants'] : []),
        ...(facts.openLinkCount > 0 ? ['voidLinks'] : []),
        ...(facts.recoveryMeansCount > 0 ? ['removeRecoveryMeans'] : []),
      ];
    case 'removeMemberships':
      return [
        ...(facts.membershipCount > 0 ? ['setMemberships'] : []),
        ...(facts.delegationCount > 0 ? ['setDelegations'] : []),
      ];
    case 'addRights':
      return [
        ...(facts.roleChange !== undefined && facts.roleChange.missingCount > 0 ? ['setMemberships'] : []),
        ...(facts.roleChange?.quotaDiffers === true ? ['setSettings'] : []),
      ];
    case 'revokeOwnKeys':
      return Array.from({ length: facts.ownKeyCount }, () => OWN_KEY_CALL);
    default: {
      const call = expectedCall(kind, facts);
      return call === undefined ? [] : [call];
    }
  }
}

/** The one write that is made at Gangway itself. */
export const OWN_KEY_CALL = 'revokeApiKey';

/** `undefined` where it changes nothing there: it reads, sends mail, writes an archive, or finds the wanted state. */
function expectedCall(kind: Exclude<StepKind, SeveralCalls>, facts: AccountFacts): string | undefined {
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
    case 'giveAdministratorRole':
      return facts.role === 'user' ? 'setRole' : undefined;
    case 'removeOldRights':
      return some(facts.roleChange?.endingCount, 'setMemberships');
    case 'switchOffProtocols':
      return facts.openProtocolCount > 0 ? 'setProtocols' : undefined;
    case 'startAutoReply':
      return 'setAutoReply';
    case 'endAutoReply':
      return 'endAutoReply';
    case 'startRedirect':
      return 'setRedirect';
    case 'endRedirect':
      return 'endRedirect';
    case 'keepRedirect':
      return 'keepRedirect';
    case 'dropKeptRedirect':
      return 'dropKeptRedirect';
    case 'deleteAccount':
      return 'deleteAccount';
    // By then a leave has disabled it.
    case 'enableAccount':
      return 'enable';
    case 'grantMailboxAccess':
      return 'grantMailboxAccess';
    case 'endMailboxAccess':
      return 'endMailboxAccess';
    case 'transferMail':
      return some(facts.belongings?.messageCount, 'storeMessage');
    case 'transferFiles':
      return some(facts.belongings?.fileCount, 'setFileOwner');
    case 'handOverCalendars':
      return some(facts.belongings?.sharedCalendarCount, 'setCalendar');
    case 'handOverMeetings':
      return some(facts.belongings?.futureMeetingCount, 'setMeeting');
    case 'createAccount':
      return 'createAccount';
    case 'addMemberships':
      return 'setMemberships';
    case 'activateAccount':
      return facts.status === 'disabled' ? 'enable' : undefined;
    case 'reserveNames':
    case 'remindManager':
    case 'giveWelcome':
    case 'proveUsable':
    case 'followUp':
    case 'nameRecipient':
    case 'decideItem':
    case 'exportContacts':
    case 'notifyManager':
    case 'informLeaver':
    case 'closeLeaverWindow':
    case 'takeSnapshot':
    case 'proveLockedOut':
    case 'archiveMailbox':
    case 'openRedirectGate':
    case 'reviewRetention':
    case 'openPurgeGate':
    case 'remindBeforeDeletion':
    case 'archiveNewMail':
    case 'quarantineAddress':
    case 'noteRights':
    case 'changePersonRecord':
    case 'tellManagers':
    case 'remindOldRights':
    // The way back is planned from evidence when it is asked for; no simulation shows it.
    case 'restoreRole':
    case 'restoreOwnRules':
    case 'restoreAutoReply':
    case 'restoreRedirect':
    case 'restoreSettings':
    case 'reassignReferences':
    case 'restoreReferences':
    case 'giveSetupLink':
    case 'restoreProtocols':
    case 'restoreMemberships':
    case 'returnFiles':
    case 'returnCalendars':
    case 'returnMeetings':
    case 'proveDisabled':
    case 'investigate':
    case 'endLeave':
    case 'proveActive':
    case 'withdrawRights':
    case 'withdrawAdministratorRole':
    case 'restorePersonRecord':
    case 'giveRightsBack':
    case 'freeNames':
    case 'removeCreatedAccount':
    case 'closeAccount':
    case 'voidWelcome':
      return undefined;
  }
}

function some(count: number | undefined, operation: string): string | undefined {
  return count !== undefined && count > 0 ? operation : undefined;
}
