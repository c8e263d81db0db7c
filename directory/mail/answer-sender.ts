import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { Account, AutoReplySetting } from '../account.ts';
import { accountAt } from '../sign-in/authenticate.ts';
import type { DirectoryStore, OutgoingMessage } from '../store/directory-store.ts';
import { deservesAutoReply, mayAnswerAgain } from './auto-reply-rule.ts';
import type { ArrivedMail } from './auto-reply-rule.ts';
import type { DepartingMail, MailRoom } from './mail-room.ts';
import { composeMessage } from './message-text.ts';
import type { Headers } from './message-text.ts';

type Send = (
  room: MailRoom,
  mail: DepartingMail & { readonly autoSubmitted: boolean },
) => Promise<'sent' | 'failed'>;

/**
 * Gives the auto-reply where it is due: the sender is marked as answered first, then the answer is written down, then
 * sent. After a crash a sender may have gone without an answer, but nobody is answered twice.
 */
export async function answerSender(
  room: MailRoom,
  account: Account,
  mail: Omit<ArrivedMail, 'own'>,
  send: Send,
): Promise<{ readonly autoReply?: OutgoingMessage }> {
  const { autoReply, orgId, address } = account;
  const nowMs = room.now();
  const own = [address, ...account.aliases];
  if (autoReply === undefined || !deservesAutoReply(autoReply, { ...mail, own }, nowMs)) return {};
  const { subject, text } = (await textFor(room, account, mail.from)) ?? autoReply;
  const handle = [mail.from, autoReply.fromMs, subject, text].join('\n');
  if (!(await markAnswered(room.store, account, handle, nowMs))) return {};

  const queued: OutgoingMessage = {
    _id: `msg_${ulid(nowMs)}`,
    orgId,
    rev: 1,
    accountId: account._id,
    from: address,
    to: mail.from,
    subject,
    text,
    atMs: nowMs,
    state: 'queued',
  };
  await room.store.outgoing.insert(queued);
  const raw = composeMessage({
    ...queued,
    id: queued._id,
    headers: { 'Auto-Submitted': 'auto-replied', ...referenceTo(mail.headers) },
  });
  const state = await send(room, { orgId, from: address, to: mail.from, raw, autoSubmitted: true });
  const written = await room.store.outgoing.replace(queued, { ...queued, state });
  return { autoReply: written ?? queued };
}

/**
 * The text for the house, where the sender belongs to it: an account of ours, or an address in the account's own domain. The
 * answer goes to that address, so whoever only pretends to it learns nothing.
 */
async function textFor(
  { store }: MailRoom,
  { orgId, address, autoReply }: Account,
  from: string,
): Promise<AutoReplySetting['internal']> {
  if (autoReply?.internal === undefined) return undefined;
  const domainOf = (one: string) => one.slice(one.lastIndexOf('@') + 1);
  const isOurs = domainOf(from) === domainOf(address) || (await accountAt(store, orgId, from)) !== undefined;
  return isOurs ? autoReply.internal : undefined;
}

/** True for one caller only, and again when the last answer is long enough ago. A new text is a new answer. */
async function markAnswered(
  store: DirectoryStore,
  account: Account,
  handle: string,
  atMs: number,
): Promise<boolean> {
  const hash = createHash('sha256').update(handle).digest('base64url');
  const mark = { _id: `${account._id}:${hash}`, orgId: account.orgId, accountId: account._id, rev: 1, atMs };
  if ((await store.answered.insert(mark)) === 'inserted') return true;
  const last = await store.answered.find(account.orgId, mark._id);
  if (last === undefined || !mayAnswerAgain(last.atMs, atMs)) return false;
  return (await store.answered.replace(last, { ...last, atMs })) !== undefined;
}

function referenceTo(headers: Headers): Readonly<Record<string, string>> {
  const messageId = headers.get('message-id')?.[0];
  if (messageId === undefined || !/^<[\x21-\x7e]{3,250}>$/.test(messageId)) return {};
  return { 'In-Reply-To': messageId, References: messageId };
}
