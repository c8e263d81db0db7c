import type { CallOutcome, TargetConnector } from '../../activities/ports/target-connector.ts';

/** Answers `changed` to every write and changes nothing. Reads and probes tell the truth. */
export function createLyingConnector(real: TargetConnector): TargetConnector {
  const lie = (): Promise<CallOutcome> => Promise.resolve({ kind: 'changed' });
  return {
    ...real,
    createAccount: lie,
    disable: lie,
    enable: lie,
    setPassword: lie,
    revokeAppPasswords: lie,
    revokeSessions: lie,
    removeOwnRules: lie,
    setOwnRules: lie,
    setSettings: lie,
    setRole: lie,
    revokeOauthGrants: lie,
    voidLinks: lie,
    removeRecoveryMeans: lie,
    setProtocols: lie,
    setMemberships: lie,
    setDelegations: lie,
    setAutoReply: lie,
    endAutoReply: lie,
    setRedirect: lie,
    keepRedirect: lie,
    deleteAccount: lie,
    storeMessage: lie,
    setFileOwner: lie,
    setCalendar: lie,
    setMeeting: lie,
    grantMailboxAccess: lie,
    endMailboxAccess: lie,
  };
}
