import { ulid } from 'ulid';
import { normalAddress } from '../account.ts';
import type { Account, RedirectSetting } from '../account.ts';
import { noteForwarded } from '../accounts/alias-use.ts';
import { addressId } from '../accounts/claim-addresses.ts';
import { accountAt } from '../sign-in/authenticate.ts';
import { answerSender } from './answer-sender.ts';
import { composeMessage, parseHeaders, withHeader } from './message-text.ts';
import type { Headers } from './message-text.ts';
import type { DeliveryResult, DepartingMail, ForwardResult, IncomingMail, MailRoom } from './mail-room.ts';
import { hasRoom, storeMessage } from './mailbox.ts';

/** A document of the database ends at 16 MiB. */
const maxMessageBytes = 12 * 1024 * 1024;
const maxHops = 10;

/**
 * Brings a message to an address or alias: own forwards and the redirect, the mailbox, the auto-reply. Accepted means
 * stored, or taken by a forward that wanted no copy; when such a forward fails the message is stored after all. A disabled
 * account receives like any other. Each mailbox on the way leaves its `Delivered-To`, and forwards nothing that already
 * carries it.
 */
export async function deliver(room: MailRoom, orgId: string, mail: IncomingMail): Promise<DeliveryResult> {
  const [to, from, atMs] = [normalAddress(mail.to), normalAddress(mail.from), room.now()];
  const account = await accountAt(room.store, orgId, to);
  if (account === undefined && (await keptRedirectAt(room, orgId, to)) === undefined)
    return { kind: 'refused', code: 'NO_SUCH_ADDRESS' };
  const raw = 'raw' in mail ? mail.raw : composeMessage({ ...mail, from, to, id: `msg_${ulid(atMs)}`, atMs });
  if (raw.byteLength > maxMessageBytes) return { kind: 'refused', code: 'MESSAGE_TOO_LARGE' };
  const headers = parseHeaders(raw);
  if (account === undefined) return passOn(room, orgId, { to, from, raw, headers });

  const trail = (headers.get('delivered-to') ?? []).map(normalAddress);
  const goesRound = trail.includes(account.address) || trail.length >= maxHops;
  const targets = goesRound
    ? []
    : [...(isRunning(account.redirect, atMs) ? [account.redirect] : []), ...account.forwards];
  const onward = { from, raw: withHeader(raw, 'Delivered-To', account.address) };
  const forwardAll = () =>
    Promise.all(targets.map((target) => forward(room, orgId, { ...onward, to: target.to })));

  const early = targets.some((target) => !target.keepCopy) ? await forwardAll() : [];
  const answer = () =>
    answerSender(room, account, { from, autoSubmitted: mail.autoSubmitted ?? false, headers }, sendMail);
  if (early.length > 0 && early.every(({ result }) => result === 'sent')) {
    await noteForwarded(room.store, account, to, atMs);
    return { kind: 'forwarded', accountId: account._id, forwards: early, ...(await answer()) };
  }
  const stored = await storeMessage(room.store, orgId, account._id, {
    to,
    raw,
    atMs,
    folder: folderOf(account),
  });
  if (stored.kind === 'gone') return { kind: 'refused', code: 'NO_SUCH_ADDRESS' };
  if (stored.kind === 'full') return { kind: 'refused', code: 'MAILBOX_FULL' };
  const forwards = early.length > 0 ? early : await forwardAll();
  return {
    kind: 'stored',
    accountId: account._id,
    messageId: stored.messageId,
    forwards,
    ...(await answer()),
  };
}

/** Whether an account would take a message of this size at this moment, as a mail server is asked by `RCPT TO`. Leaves nothing. */
export async function takesMail(
  store: MailRoom['store'],
  orgId: string,
  accountId: string,
  sizeBytes: number,
): Promise<boolean> {
  const account = await store.accounts.find(orgId, accountId);
  if (account?.state !== 'live' || (await accountAt(store, orgId, account.address))?._id !== accountId)
    return false;
  return hasRoom(account, sizeBytes);
}

function isRunning(redirect: RedirectSetting | undefined, atMs: number): redirect is RedirectSetting {
  return redirect !== undefined && (redirect.untilMs === undefined || atMs < redirect.untilMs);
}

/** Where mail of an address goes whose account is gone; `undefined` from the end of that redirect on. */
async function keptRedirectAt(room: MailRoom, orgId: string, address: string): Promise<string | undefined> {
  const kept = await room.store.redirects.find(orgId, addressId(orgId, address));
  return kept !== undefined && room.now() < kept.untilMs ? kept.to : undefined;
}

/** There is no mailbox to fall back to: a message that cannot be passed on is refused, and its sender learns of it. */
async function passOn(
  room: MailRoom,
  orgId: string,
  mail: { readonly to: string; readonly from: string; readonly raw: Uint8Array; readonly headers: Headers },
): Promise<DeliveryResult> {
  const heir = await keptRedirectAt(room, orgId, mail.to);
  const trail = (mail.headers.get('delivered-to') ?? []).map(normalAddress);
  if (heir === undefined || trail.includes(mail.to) || trail.length >= maxHops)
    return { kind: 'refused', code: 'NO_SUCH_ADDRESS' };
  const raw = withHeader(mail.raw, 'Delivered-To', mail.to);
  const forwarded = await forward(room, orgId, { from: mail.from, to: heir, raw });
  if (forwarded.result === 'failed') return { kind: 'refused', code: 'REDIRECT_FAILED' };
  return { kind: 'forwarded', forwards: [forwarded] };
}

/** To an address of ours, or out of the house. */
async function sendMail(
  room: MailRoom,
  mail: DepartingMail & { readonly autoSubmitted?: boolean },
): Promise<'sent' | 'failed'> {
  const { orgId, from, to, raw, autoSubmitted = false } = mail;
  const isOurs =
    (await accountAt(room.store, orgId, to)) !== undefined ||
    (await keptRedirectAt(room, orgId, to)) !== undefined;
  if (isOurs) {
    const delivered = await deliver(room, orgId, { from, to, raw, autoSubmitted });
    return delivered.kind === 'refused' ? 'failed' : 'sent';
  }
  return await room.sendMail({ orgId, from, to, raw }).then(
    () => 'sent',
    () => 'failed',
  );
}

async function forward(
  room: MailRoom,
  orgId: string,
  mail: Omit<DepartingMail, 'orgId'>,
): Promise<ForwardResult> {
  return { to: mail.to, result: await sendMail(room, { orgId, ...mail }) };
}

/** The last filing rule wins; without one it is the inbox. */
function folderOf(account: Account): string {
  const folders = account.rules.flatMap(({ action }) =>
    action.startsWith(FILE_INTO) ? [action.slice(FILE_INTO.length)] : [],
  );
  return folders.at(-1) ?? 'INBOX';
}

export const FILE_INTO = 'move:';
