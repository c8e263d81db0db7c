import type { Account, DirectoryOperation } from '../account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { changeAccount } from './change-account.ts';

/** Names a write in the effect log. `asOfMs`: the caller's time, which the log records. */
export interface WriteCall {
  readonly effectKey: string;
  readonly asOfMs: number;
}

type WriteRefusal =
  | 'NO_SUCH_ACCOUNT'
  | 'MAILBOX_CHANGED'
  | 'UNKNOWN_ACTION'
  | 'ADDRESS_TAKEN'
  | 'NOT_AN_ADDRESS_OF_IT'
  | 'NO_SUCH_ITEM'
  | 'MAILBOX_FULL';
export type WriteResult =
  { readonly kind: 'changed' | 'already' } | { readonly kind: 'refused'; readonly code: WriteRefusal };

export interface Write {
  readonly operation?: DirectoryOperation;
  /** Is the account as wanted already? */
  readonly isSo: (account: Account) => boolean | Promise<boolean>;
  readonly change: (account: Account) => Account;
}

/**
 * The one way a setting of an account is written: compare, change, record the effect.
 * `compareFirst: false` writes even where nothing would change; it exists for the test which shows that the effect log
 * would tell.
 */
export async function writeAccount(
  store: DirectoryStore,
  target: { readonly orgId: string; readonly accountId: string; readonly compareFirst: boolean },
  write: Write,
  call: WriteCall,
): Promise<WriteResult> {
  const { operation } = write;
  const result = await changeAccount<WriteResult>(store, target.orgId, target.accountId, async (account) => {
    if (account.state !== 'live') return { kind: 'keep', result: noSuchAccount };
    if (target.compareFirst && (await write.isSo(account)))
      return { kind: 'keep', result: { kind: 'already' } };
    const effect =
      operation === undefined ? {} : { effect: { operation, effectKey: call.effectKey, atMs: call.asOfMs } };
    return { kind: 'change', next: write.change(account), result: { kind: 'changed' }, ...effect };
  });
  return result ?? noSuchAccount;
}

const noSuchAccount: WriteResult = { kind: 'refused', code: 'NO_SUCH_ACCOUNT' };
