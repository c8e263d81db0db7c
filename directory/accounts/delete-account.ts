import type { Account } from '../account.ts';
import { settleLeftovers } from '../mail/mailbox.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { changeAccount } from './change-account.ts';
import type { WriteCall, WriteResult } from './write-account.ts';

const maxTries = 10;

type Found =
  | { readonly kind: 'result'; readonly result: WriteResult }
  | { readonly kind: 'leftovers'; readonly account: Account };

/**
 * Deletes for good. One write takes the account, everything personal in it and the way in; what is left is a stone with
 * ids and the effect. Mail and addresses go after it: a crash in between is finished by the next call, which answers
 * `already`. Refused when the mailbox is not the one of `mailboxRevision`.
 */
export async function deleteAccount(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  mailboxRevision: number,
  call: WriteCall,
): Promise<WriteResult> {
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    const found = await changeAccount<Found>(store, orgId, accountId, (account) => {
      if (account.state !== 'live')
        return { kind: 'keep', result: { kind: 'result', result: { kind: 'already' } } };
      if (account.mailbox.incoming.length > 0)
        return { kind: 'keep', result: { kind: 'leftovers', account } };
      if (account.mailbox.revision !== mailboxRevision)
        return { kind: 'keep', result: { kind: 'result', result: mailboxChanged } };
      const effect = { operation: 'deleteAccount', effectKey: call.effectKey, atMs: call.asOfMs } as const;
      return {
        kind: 'change',
        next: stoneOf(account),
        effect,
        result: { kind: 'result', result: { kind: 'changed' } },
      };
    });
    if (found === undefined) {
      // A creation that died before it wrote the account may have claimed its addresses.
      await store.addresses.removeAll(orgId, { accountId });
      return { kind: 'already' };
    }
    if (found.kind === 'result') {
      if (found.result.kind !== 'refused') await removeRemains(store, orgId, accountId);
      return found.result;
    }
    await settleLeftovers(store, found.account);
  }
  return mailboxChanged;
}

const mailboxChanged: WriteResult = { kind: 'refused', code: 'MAILBOX_CHANGED' };

function stoneOf(account: Account): Account {
  return {
    _id: account._id,
    orgId: account.orgId,
    rev: account.rev,
    state: 'deleting',
    firstName: '',
    lastName: '',
    address: '',
    aliases: [],
    quotaBytes: 0,
    role: 'user',
    groups: [],
    service: account.service,
    status: 'disabled',
    passwordHash: '',
    ...(account.keptRedirect === undefined ? {} : { keptRedirect: account.keptRedirect }),
    sessions: [],
    appPasswords: [],
    forwards: [],
    rules: [],
    mailbox: {
      messageCount: 0,
      bytes: 0,
      revision: account.mailbox.revision + 1,
      refusedCount: 0,
      incoming: [],
    },
    pendingEffects: account.pendingEffects,
  };
}

async function removeRemains(store: DirectoryStore, orgId: string, accountId: string): Promise<void> {
  if ((await store.accounts.find(orgId, accountId))?.state !== 'deleting') return;
  await store.messages.removeAll(orgId, { accountId });
  await store.outgoing.removeAll(orgId, { accountId });
  await store.answered.removeAll(orgId, { accountId });
  await store.files.removeAll(orgId, { accountId });
  await store.calendars.removeAll(orgId, { accountId });
  await store.meetings.removeAll(orgId, { accountId });
  await store.contacts.removeAll(orgId, { accountId });
  await store.addresses.removeAll(orgId, { accountId });
  await changeAccount(store, orgId, accountId, (account) => ({
    kind: 'change',
    next: { ...account, state: 'deleted' },
    result: undefined,
  }));
}
