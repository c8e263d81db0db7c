import { ulid } from 'ulid';
import type { Account, IncomingMessage } from '../account.ts';
import { withMailTo } from '../accounts/alias-use.ts';
import { changeAccount } from '../accounts/change-account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { DirectoryUnavailable } from '../directory-errors.ts';

export interface MessageToStore {
  /** The address it came to. */
  readonly to: string;
  readonly folder: string;
  readonly raw: Uint8Array;
  readonly atMs: number;
}

export type StoringResult =
  | { readonly kind: 'stored'; readonly messageId: string }
  | { readonly kind: 'full' }
  | { readonly kind: 'gone' };

const maxPlaces = 5;
/** Before a place that looks left behind is given up to make room. Only a matter of politeness: giving up is always safe. */
const placeRestsMs = 60_000;

/**
 * Stores a message in three writes, each of which a crash may follow: its place in the account (which counts against the
 * quota and blocks deletion), the message, and the counters with a new revision. Whoever wants to delete the account
 * settles left-over places first, so that no acknowledged message escapes the revision.
 */
export async function storeMessage(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  message: MessageToStore,
): Promise<StoringResult> {
  for (let place = 1; place <= maxPlaces; place += 1) {
    const messageId = `msg_${ulid(message.atMs)}`;
    const incoming = { messageId, sizeBytes: message.raw.byteLength, sinceMs: message.atMs };
    const reserved = await reserve(store, orgId, accountId, incoming, { to: message.to });
    if (reserved === 'full' || reserved === 'gone') return { kind: reserved };
    if (reserved !== 'reserved') continue;
    const written = await store.messages.insert({
      _id: messageId,
      orgId,
      accountId,
      folder: message.folder,
      receivedAtMs: message.atMs,
      sizeBytes: message.raw.byteLength,
      raw: Buffer.from(message.raw),
      void: false,
    });
    if (written === 'exists') continue;
    if (await settle(store, orgId, accountId, incoming, true)) return { kind: 'stored', messageId };
    await store.messages.remove(orgId, messageId);
    return { kind: 'gone' };
  }
  throw new DirectoryUnavailable('a message found no place in its mailbox');
}

/** Messages that are about to be written count as well. */
export function hasRoom({ mailbox, quotaBytes }: Account, sizeBytes: number): boolean {
  const taken = mailbox.incoming.reduce((sum, incoming) => sum + incoming.sizeBytes, mailbox.bytes);
  return taken + sizeBytes <= quotaBytes;
}

export type Reservation = 'reserved' | 'full' | 'gone' | 'has_leftovers' | 'arrived';

/**
 * Takes a place for a message that is about to be written. A place it has already is enough. `to`: the address of the account it
 * came to, if it came by mail. `hasArrived`: of a message that several may write at once; whoever comes when it is there takes no
 * place, or it would be counted twice.
 */
export async function reserve(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  incoming: IncomingMessage,
  { to, hasArrived }: { readonly to?: string; readonly hasArrived?: () => Promise<boolean> } = {},
): Promise<Reservation> {
  const arriving = (account: Account, mailbox: Account['mailbox']): Account => {
    const next = { ...account, mailbox };
    return to === undefined ? next : withMailTo(next, to, incoming.sinceMs);
  };
  let leftovers: Account | undefined;
  const reserved = await changeAccount<Reservation>(store, orgId, accountId, async (account) => {
    if (account.state !== 'live') return { kind: 'keep', result: 'gone' };
    const { mailbox } = account;
    if (mailbox.incoming.some(({ messageId }) => messageId === incoming.messageId))
      return { kind: 'keep', result: 'reserved' };
    // Asked between reading the account and the compare-and-set: whoever wrote it since has changed the account as well.
    if (hasArrived !== undefined && (await hasArrived())) return { kind: 'keep', result: 'arrived' };
    if (hasRoom(account, incoming.sizeBytes)) {
      const next = arriving(account, { ...mailbox, incoming: [...mailbox.incoming, incoming] });
      return { kind: 'change', next, result: 'reserved' };
    }
    if (mailbox.incoming.some(({ sinceMs }) => incoming.sinceMs - sinceMs >= placeRestsMs)) {
      leftovers = account;
      return { kind: 'keep', result: 'has_leftovers' };
    }
    const refused = { ...mailbox, refusedCount: mailbox.refusedCount + 1, lastRefusedAtMs: incoming.sinceMs };
    return { kind: 'change', next: arriving(account, refused), result: 'full' };
  });
  if (leftovers !== undefined) await settleLeftovers(store, leftovers);
  return reserved ?? 'gone';
}

/**
 * Decides what became of deliveries that never ended: the message is there (then it counts), or its place is taken by a
 * void one, so that a delivery which is still alive finds it taken and starts again.
 */
export async function settleLeftovers(store: DirectoryStore, account: Account): Promise<void> {
  for (const incoming of account.mailbox.incoming) {
    const nothing = {
      folder: '',
      receivedAtMs: incoming.sinceMs,
      sizeBytes: 0,
      raw: Buffer.alloc(0),
      void: true,
    };
    const id = { _id: incoming.messageId, orgId: account.orgId, accountId: account._id };
    const taken = (await store.messages.insert({ ...id, ...nothing })) === 'exists';
    const arrived = taken && (await store.messages.find(account.orgId, incoming.messageId))?.void === false;
    await settle(store, account.orgId, account._id, incoming, arrived);
  }
}

/** False when the account is gone. A place that somebody else settled is settled. */
export async function settle(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  { messageId, sizeBytes }: IncomingMessage,
  arrived: boolean,
): Promise<boolean> {
  const settled = await changeAccount<boolean>(store, orgId, accountId, (account) => {
    if (account.state !== 'live') return { kind: 'keep', result: false };
    const { mailbox } = account;
    const others = mailbox.incoming.filter((place) => place.messageId !== messageId);
    const place = mailbox.incoming.find((one) => one.messageId === messageId);
    if (others.length === mailbox.incoming.length) return { kind: 'keep', result: true };
    const counted = arrived
      ? {
          messageCount: mailbox.messageCount + 1,
          bytes: mailbox.bytes + sizeBytes,
          revision: mailbox.revision + 1,
        }
      : {};
    return {
      kind: 'change',
      next: { ...account, mailbox: { ...mailbox, ...counted, incoming: others } },
      result: true,
      ...(arrived && place?.effectKey !== undefined
        ? { effect: { operation: 'storeMessage', effectKey: place.effectKey, atMs: place.sinceMs } }
        : {}),
    };
  });
  return settled ?? false;
}
