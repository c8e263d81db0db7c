import type { WriteResult } from '../../../directory/accounts/write-account.ts';
import type { Directory } from '../../../directory/directory.ts';
import {
  HANDOVER_CAPABILITIES,
  HANDOVER_OPERATIONS,
  HANDOVER_PARTS,
} from '../../../shared/domain/target-capabilities.ts';
import type { Capability } from '../../../shared/domain/target-capabilities.ts';
import type { SecretVault } from '../../ports/secret-vault.ts';
import { FIRST_TARGET } from '../../../shared/domain/person.ts';
import { OPERATIONS } from '../../ports/target-connector.ts';
import type { ConnectorOf, Operation, TargetConnector } from '../../ports/target-connector.ts';
import { createAccountReading } from './account-reading.ts';
import { availably, availablyEach } from './availably.ts';
import { createHandover } from './handover.ts';
import { createdOutcome, outcomeOf } from './outcome.ts';
import { createProbes } from './probes.ts';
import { snapshotOf } from './snapshot.ts';

export interface DirectoryConnectorOptions {
  readonly writes: Directory;
  /** The same directory over another database connection: what reads and probes see owes nothing to the writes. */
  readonly reads: Directory;
  readonly vault: SecretVault;
  /** The id of this target; the first directory unless said otherwise. */
  readonly target?: string;
}

/** The built-in directory as a target. Refusals are the directory's codes in small letters, e.g. `mailbox_changed`. */
export function createDirectoryConnector({
  writes,
  reads,
  vault,
  target = FIRST_TARGET,
}: DirectoryConnectorOptions): ConnectorOf {
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
      ...createAccountReading({ orgId, target, reads }),
      createAccount: ({ accountId: id }, account, call) =>
        availably(async () => {
          const wanted = { ...account, id, disabledReason: 'joining' } as const;
          return createdOutcome(await writes.createAccount(orgId, wanted, call));
        }),
      disable: ({ accountId }, reason, call) => write(() => writes.disable(orgId, accountId, reason, call)),
      enable: ({ accountId }, call) => write(() => writes.enable(orgId, accountId, call)),
      setPassword: ({ accountId }, secret, call) =>
        write(() => writes.setPassword(orgId, accountId, secret, call)),
      revokeAppPasswords: ({ accountId }, call) =>
        write(() => writes.revokeAppPasswords(orgId, accountId, call)),
      revokeSessions: ({ accountId }, call) => write(() => writes.revokeSessions(orgId, accountId, call)),
      removeOwnRules: ({ accountId }, call) => write(() => writes.removeOwnRules(orgId, accountId, call)),
      setOwnRules: ({ accountId }, rules, call) =>
        write(() => writes.setOwnRules(orgId, accountId, rules, call)),
      setSettings: ({ accountId }, settings, call) =>
        write(() => writes.setSettings(orgId, accountId, settings, call)),
      setRole: ({ accountId }, role, call) => write(() => writes.setRole(orgId, accountId, role, call)),
      revokeOauthGrants: ({ accountId }, call) =>
        write(() => writes.revokeOauthGrants(orgId, accountId, call)),
      voidLinks: ({ accountId }, call) => write(() => writes.voidLinks(orgId, accountId, call)),
      removeRecoveryMeans: ({ accountId }, call) =>
        write(() => writes.removeRecoveryMeans(orgId, accountId, call)),
      setProtocols: ({ accountId }, protocols, call) =>
        write(() => writes.setProtocols(orgId, accountId, protocols, call)),
      setMemberships: ({ accountId }, memberships, call) =>
        write(() => writes.setMemberships(orgId, accountId, memberships, call)),
      setDelegations: ({ accountId }, delegations, call) =>
        write(() => writes.setDelegations(orgId, accountId, delegations, call)),
      setAutoReply: ({ accountId }, autoReply, call) =>
        write(() => writes.setAutoReply(orgId, accountId, autoReply, call)),
      endAutoReply: ({ accountId }, call) => write(() => writes.endAutoReply(orgId, accountId, call)),
      setRedirect: ({ accountId }, redirect, call) =>
        write(() => writes.setRedirect(orgId, accountId, redirect, call)),
      keepRedirect: ({ accountId }, kept, call) =>
        write(() =>
          kept === undefined
            ? writes.dropKeptRedirect(orgId, accountId, call)
            : writes.keepRedirect(orgId, accountId, kept, call),
        ),
      readKeptRedirect: ({ accountId }) => availably(() => reads.readKeptRedirect(orgId, accountId)),
      deleteAccount: ({ accountId }, mailboxRevision, call) =>
        write(() => writes.deleteAccount(orgId, accountId, mailboxRevision, call)),
      ...createProbes({ orgId, target, writes, reads, vault }),
      ...createHandover({ orgId, writes, reads }),
      listMessages: ({ accountId }) => availablyEach(() => reads.listMessages(orgId, accountId)),
      readMessage: ({ accountId }, messageId) =>
        availably(() => reads.readMessage(orgId, accountId, messageId)),
    };
  };
}

const handover = HANDOVER_PARTS.map((part) => [
  HANDOVER_OPERATIONS[part],
  HANDOVER_CAPABILITIES.directory[part],
]);
const capabilities = Object.fromEntries([
  ...OPERATIONS.map((operation) => [operation, 'yes']),
  ...handover,
]) as Record<Operation, Capability>;
