import { setTimeout as sleep } from 'node:timers/promises';
import type { Account, DirectoryOperation } from '../account.ts';
import { DirectoryUnavailable } from '../directory-errors.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { copyEffects } from './effect-log.ts';

/** What to do with an account as it is now. `effect` goes to the log together with the change, or not at all. */
export type Decision<T> =
  | { readonly kind: 'keep'; readonly result: T }
  | { readonly kind: 'change'; readonly next: Account; readonly result: T; readonly effect?: Effect };

interface Effect {
  readonly operation: DirectoryOperation;
  readonly effectKey: string;
  readonly atMs: number;
}

const maxTries = 60;
const longestPauseMs = 40;

/**
 * Changes one account by compare-and-set: reads it, asks `decide`, writes, and starts again when somebody else was
 * quicker. An effect is written inside the account by the same write and copied to the log afterwards, so that a crash at
 * any point leaves either both or none. `undefined`: there is no such account.
 */
export async function changeAccount<T>(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  decide: (account: Account) => Decision<T> | Promise<Decision<T>>,
): Promise<T | undefined> {
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    const account = await store.accounts.find(orgId, accountId);
    if (account === undefined) return undefined;
    const decision = await decide(account);
    if (decision.kind === 'keep') {
      await copyEffects(store, account);
      return decision.result;
    }
    const changed = await store.accounts.replace(
      account,
      withEffect(account, decision.next, decision.effect),
    );
    if (changed !== undefined) {
      await copyEffects(store, changed);
      return decision.result;
    }
    await sleep(Math.random() * Math.min(longestPauseMs, 2 ** attempt));
  }
  throw new DirectoryUnavailable('the account is changed by too many at once');
}

function withEffect(account: Account, next: Account, effect: Effect | undefined): Account {
  if (effect === undefined) return next;
  const { operation, effectKey, atMs } = effect;
  return {
    ...next,
    pendingEffects: [...account.pendingEffects, { seq: account.rev + 1, operation, effectKey, atMs }],
  };
}
