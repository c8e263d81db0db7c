import { createHash } from 'node:crypto';
import {
  accessOf,
  type Delegation,
  type ProtocolSwitches,
  type RecoveryMeans,
  type StoredLink,
  type StoredOauthGrant,
} from './access.ts';
import type {
  Account,
  AutoReplySetting,
  DirectoryRole,
  DisabledReason,
  FilingRule,
  MailboxGrant,
  MailForward,
  RedirectSetting,
} from './account.ts';
import { grantsOf } from './accounts/mailbox-grants.ts';

/** An account as others may see it: no hash, no token, nothing that signs in. Instants in ms, sizes in bytes. */
export interface AccountView {
  readonly id: string;
  readonly orgId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly quotaBytes: number;
  readonly role: DirectoryRole;
  readonly groups: readonly string[];
  readonly service: boolean;
  readonly status: 'active' | 'disabled';
  readonly disabledReason?: DisabledReason;
  /** Changes with the password; tells nothing of it. */
  readonly passwordFingerprint: string;
  readonly sessionCount: number;
  readonly appPasswords: readonly { readonly id: string; readonly label: string }[];
  readonly oauthGrants: readonly Omit<StoredOauthGrant, 'hash'>[];
  readonly links: readonly Omit<StoredLink, 'hash'>[];
  readonly recoveryMeans: readonly RecoveryMeans[];
  readonly protocols: ProtocolSwitches;
  readonly lists: readonly string[];
  readonly delegations: readonly Delegation[];
  readonly forwards: readonly MailForward[];
  readonly rules: readonly FilingRule[];
  /** As stored: also shown after its end, until it is removed. */
  readonly autoReply?: AutoReplySetting;
  readonly redirect?: RedirectSetting;
  /** As stored: also shown after their end, until they are removed. */
  readonly mailboxGrants: readonly MailboxGrant[];
  readonly lastLoginAtMs?: number;
  readonly mailbox: {
    readonly messageCount: number;
    readonly bytes: number;
    readonly revision: number;
    readonly refusedCount: number;
  };
}

export function viewOf(account: Account): AccountView {
  const { messageCount, bytes, revision, refusedCount } = account.mailbox;
  const { oauthGrants, links, recoveryMeans, protocols, lists, delegations } = accessOf(account);
  return {
    id: account._id,
    orgId: account.orgId,
    firstName: account.firstName,
    lastName: account.lastName,
    address: account.address,
    aliases: account.aliases,
    quotaBytes: account.quotaBytes,
    role: account.role,
    groups: account.groups,
    service: account.service,
    status: account.status,
    ...(account.disabledReason === undefined ? {} : { disabledReason: account.disabledReason }),
    passwordFingerprint: fingerprintOf(account.passwordHash),
    sessionCount: account.sessions.length,
    appPasswords: account.appPasswords.map(({ id, label }) => ({ id, label })),
    oauthGrants: oauthGrants.map(({ id, client, scopes, grantedAtMs }) => ({
      id,
      client,
      scopes,
      grantedAtMs,
    })),
    links: links.map(({ id, kind, expiresAtMs, state }) => ({ id, kind, expiresAtMs, state })),
    recoveryMeans,
    protocols,
    lists,
    delegations,
    forwards: account.forwards,
    rules: account.rules,
    ...(account.autoReply === undefined ? {} : { autoReply: account.autoReply }),
    ...(account.redirect === undefined ? {} : { redirect: account.redirect }),
    mailboxGrants: grantsOf(account),
    ...(account.lastLoginAtMs === undefined ? {} : { lastLoginAtMs: account.lastLoginAtMs }),
    mailbox: { messageCount, bytes, revision, refusedCount },
  };
}

/** Tells whether two hashes are one, and nothing of the password. */
export function fingerprintOf(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('hex').slice(0, 32);
}
