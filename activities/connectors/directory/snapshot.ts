import type { AccountView } from '../../../directory/account-view.ts';
import type { AccountSnapshot } from '../../ports/target-connector.ts';

export function snapshotOf(account: AccountView): AccountSnapshot {
  const { messageCount, bytes, revision } = account.mailbox;
  return {
    status: account.status,
    ...(account.disabledReason === undefined ? {} : { disabledReason: account.disabledReason }),
    address: account.address,
    aliases: account.aliases,
    role: account.role,
    groups: account.groups,
    quotaBytes: account.quotaBytes,
    passwordFingerprint: account.passwordFingerprint,
    sessionCount: account.sessionCount,
    appPasswordCount: account.appPasswords.length,
    oauthGrantCount: account.oauthGrants.length,
    openLinkCount: account.links.filter((link) => link.state === 'open').length,
    recoveryMeansCount: account.recoveryMeans.length,
    protocols: account.protocols,
    lists: account.lists,
    delegations: account.delegations,
    forwards: account.forwards,
    rules: account.rules,
    ...(account.autoReply === undefined ? {} : { autoReply: account.autoReply }),
    ...(account.redirect === undefined ? {} : { redirect: account.redirect }),
    ...(account.mailboxGrants.length === 0 ? {} : { mailboxGrants: account.mailboxGrants }),
    ...(account.lastLoginAtMs === undefined ? {} : { lastLoginAtMs: account.lastLoginAtMs }),
    mailbox: { messageCount, bytes, revision },
  };
}
