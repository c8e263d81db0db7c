import type { WriteResult } from '../../../directory/accounts/write-account.ts';
import type { Directory } from '../../../directory/directory.ts';
import type { SecretVault } from '../../ports/secret-vault.ts';
import { OPERATIONS } from '../../ports/target-connector.ts';
import type {
  CallOutcome,
  Capability,
  ConnectorOf,
  Operation,
  TargetConnector,
} from '../../ports/target-connector.ts';
import { availably, availablyEach } from './availably.ts';
import { createProbes } from './probes.ts';
import { snapshotOf } from './snapshot.ts';

export interface DirectoryConnectorOptions {
  readonly writes: Directory;
  /** The same directory over another database connection: what reads and probes see owes nothing to the writes. */
  readonly reads: Directory;
  readonly vault: SecretVault;
}

/** The built-in directory as a target. Refusals are the directory's codes in small letters, e.g. `mailbox_changed`. */
export function createDirectoryConnector({ writes, reads, vault }: DirectoryConnectorOptions): ConnectorOf {
  return (orgId): TargetConnector => {
    const write = (change: () => Promise<WriteResult>) => availably(async () => outcomeOf(await change()));
    return {
      kind: 'directory',
      capabilities,
      read: ({ accountId }) =>
        availably(async () => {
          const account = await reads.getAccount(orgId, accountId);
          return account === undefined ? undefined : snapshotOf(account);
        }),
      disable: ({ accountId }, reason, call) => write(() => writes.disable(orgId, accountId, reason, call)),
      setPassword: ({ accountId }, secret, call) =>
        write(() => writes.setPassword(orgId, accountId, secret, call)),
      revokeAppPasswords: ({ accountId }, call) =>
        write(() => writes.revokeAppPasswords(orgId, accountId, call)),
      revokeSessions: ({ accountId }, call) => write(() => writes.revokeSessions(orgId, accountId, call)),
      removeOwnRules: ({ accountId }, call) => write(() => writes.removeOwnRules(orgId, accountId, call)),
      setRole: ({ accountId }, role, call) => write(() => writes.setRole(orgId, accountId, role, call)),
      setAutoReply: ({ accountId }, autoReply, call) =>
        write(() => writes.setAutoReply(orgId, accountId, autoReply, call)),
      endAutoReply: ({ accountId }, call) => write(() => writes.endAutoReply(orgId, accountId, call)),
      deleteAccount: ({ accountId }, mailboxRevision, call) =>
        write(() => writes.deleteAccount(orgId, accountId, mailboxRevision, call)),
      ...createProbes({ orgId, writes, reads, vault }),
      listMessages: ({ accountId }) => availablyEach(() => reads.listMessages(orgId, accountId)),
      readMessage: ({ accountId }, messageId) =>
        availably(() => reads.readMessage(orgId, accountId, messageId)),
    };
  };
}

const capabilities = Object.fromEntries(OPERATIONS.map((operation) => [operation, 'yes'])) as Record<
  Operation,
  Capability
>;

function outcomeOf(result: WriteResult): CallOutcome {
  return result.kind === 'refused'
    ? { kind: 'refused', reason: result.code.toLowerCase() }
    : { kind: result.kind };
}
