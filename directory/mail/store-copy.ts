import { createHash } from 'node:crypto';
import { encodeTime } from 'ulid';
import { DirectoryUnavailable } from '../directory-errors.ts';
import type { WriteCall, WriteResult } from '../accounts/write-account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { reserve, settle } from './mailbox.ts';

/** What a copy is known by: storing the same again adds nothing. */
export interface CopyKey {
  readonly key: string;
  /** Of the original: the copy sorts where the original did. */
  readonly receivedAtMs: number;
}

export interface MessageCopy extends CopyKey {
  readonly folder: string;
  readonly raw: Uint8Array;
}

const maxPlaces = 5;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The id a copy has in its n-th place: it follows from the key alone. */
function idOf(accountId: string, { key, receivedAtMs }: CopyKey, place: number): string {
  const hash = createHash('sha256').update(`${accountId}\n${key}\n${place}`).digest();
  const tail = [...hash.subarray(0, 16)].map((byte) => CROCKFORD[byte % 32]).join('');
  return `msg_${encodeTime(receivedAtMs, 10)}${tail}`;
}

/**
 * Puts a copy of a message into a folder of an account, once for each key, by the three writes of an arriving message. A
 * place that somebody voided while we were slow is left, and the next one taken. Refused `MAILBOX_FULL`.
 */
export async function storeCopy(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  copy: MessageCopy,
  call: WriteCall,
): Promise<WriteResult> {
  for (let place = 0; place < maxPlaces; place += 1) {
    const messageId = idOf(accountId, copy, place);
    const incoming = {
      messageId,
      sizeBytes: copy.raw.byteLength,
      sinceMs: call.asOfMs,
      effectKey: call.effectKey,
    };
    const found = await store.messages.find(orgId, messageId);
    if (found?.void === true) continue;
    if (found !== undefined) {
      await settle(store, orgId, accountId, incoming, true);
      return { kind: 'already' };
    }
    const hasArrived = async () => (await store.messages.find(orgId, messageId)) !== undefined;
    const reserved = await reserve(store, orgId, accountId, incoming, { hasArrived });
    if (reserved === 'gone') return { kind: 'refused', code: 'NO_SUCH_ACCOUNT' };
    if (reserved === 'full') return { kind: 'refused', code: 'MAILBOX_FULL' };
    if (reserved === 'has_leftovers' || reserved === 'arrived') {
      place -= 1;
      continue;
    }
    const { folder, receivedAtMs, raw } = copy;
    const written = await store.messages.insert({
      ...{ _id: messageId, orgId, accountId, folder, receivedAtMs },
      ...{ sizeBytes: raw.byteLength, raw: Buffer.from(raw), void: false },
    });
    if (written === 'exists') {
      place -= 1;
      continue;
    }
    if (await settle(store, orgId, accountId, incoming, true)) return { kind: 'changed' };
    await store.messages.remove(orgId, messageId);
    return { kind: 'refused', code: 'NO_SUCH_ACCOUNT' };
  }
  throw new DirectoryUnavailable('a copy found no place in its mailbox');
}

/** The bytes of a copy as they are stored now. */
export async function readCopy(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  key: CopyKey,
): Promise<Uint8Array | undefined> {
  for (let place = 0; place < maxPlaces; place += 1) {
    const found = await store.messages.find(orgId, idOf(accountId, key, place));
    if (found === undefined) return undefined;
    if (!found.void && found.accountId === accountId) return found.raw;
  }
  return undefined;
}
