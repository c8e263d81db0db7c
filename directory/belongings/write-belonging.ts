import type { WriteCall, WriteResult } from '../accounts/write-account.ts';
import { DirectoryUnavailable } from '../directory-errors.ts';
import type { RevisedCollection } from '../store/collection.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { copyBelongingEffects } from './copy-effects.ts';
import type { Belonging, BelongingOperation } from './belonging.ts';

const maxTries = 20;

export interface BelongingWrite<T extends Belonging> {
  readonly orgId: string;
  readonly id: string;
  readonly compareFirst: boolean;
  readonly operation: BelongingOperation;
  /** The values wanted, besides the owner. */
  readonly wanted: Partial<T> & { readonly accountId: string };
}

/**
 * Changes one belonging by compare-and-set. The effect is written by the same write and copied to the log afterwards, under
 * the account that owned it before. A new owner must have a live account.
 */
export async function writeBelonging<T extends Belonging>(
  store: DirectoryStore,
  collection: RevisedCollection<T>,
  { orgId, id, compareFirst, operation, wanted }: BelongingWrite<T>,
  call: WriteCall,
): Promise<WriteResult> {
  if ((await store.accounts.find(orgId, wanted.accountId))?.state !== 'live')
    return { kind: 'refused', code: 'NO_SUCH_ACCOUNT' };
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    const found = await collection.find(orgId, id);
    if (found === undefined) return { kind: 'refused', code: 'NO_SUCH_ITEM' };
    if (compareFirst && isSo(found, wanted)) {
      await copyBelongingEffects(store, collection, found);
      return { kind: 'already' };
    }
    const effect = {
      seq: found.rev + 1,
      operation,
      effectKey: call.effectKey,
      atMs: call.asOfMs,
      accountId: found.accountId,
    };
    const next = { ...found, ...wanted, pendingEffects: [...found.pendingEffects, effect] };
    const changed = await collection.replace(found, next);
    if (changed === undefined) continue;
    await copyBelongingEffects(store, collection, changed);
    return { kind: 'changed' };
  }
  throw new DirectoryUnavailable('a belonging is changed by too many at once');
}

function isSo<T extends Belonging>(found: T, wanted: Partial<T>): boolean {
  return Object.entries(wanted).every(([key, value]) => found[key as keyof T] === value);
}
