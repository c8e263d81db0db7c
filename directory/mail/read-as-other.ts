import { grantsOf } from '../accounts/mailbox-grants.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { pageOfMessages, type MessageRange, type MessageSummary } from './read-mailbox.ts';

export type MailboxOfAnother =
  | { readonly kind: 'open'; readonly messages: readonly MessageSummary[] }
  | { readonly kind: 'refused'; readonly code: 'NO_MAILBOX_ACCESS' };

/** The mailbox of an account as another account sees it: only with a grant that is not over, and while it may sign in itself. */
export async function readMailboxAs(
  store: DirectoryStore,
  orgId: string,
  of: { readonly readerId: string; readonly accountId: string },
  range: MessageRange,
  nowMs: number,
): Promise<MailboxOfAnother> {
  const [reader, account] = await Promise.all([
    store.accounts.find(orgId, of.readerId),
    store.accounts.find(orgId, of.accountId),
  ]);
  const granted =
    account?.state === 'live' &&
    reader?.state === 'live' &&
    reader.status === 'active' &&
    grantsOf(account).some(({ toAccountId, untilMs }) => toAccountId === of.readerId && nowMs < untilMs);
  if (!granted) return { kind: 'refused', code: 'NO_MAILBOX_ACCESS' };
  return { kind: 'open', messages: await pageOfMessages(store, orgId, of.accountId, range) };
}
