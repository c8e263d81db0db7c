import type { CallOutcome, TargetConnector } from '../../activities/ports/target-connector.ts';

/** Answers `changed` to every write and changes nothing. Reads and probes tell the truth. */
export function createLyingConnector(real: TargetConnector): TargetConnector {
  const lie = (): Promise<CallOutcome> => Promise.resolve({ kind: 'changed' });
  return {
    ...real,
    disable: lie,
    setPassword: lie,
    revokeAppPasswords: lie,
    revokeSessions: lie,
    removeOwnRules: lie,
    setRole: lie,
    setAutoReply: lie,
    endAutoReply: lie,
    deleteAccount: lie,
  };
}
