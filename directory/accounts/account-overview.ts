import type { Account } from '../account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';

const FIELDS = [
  'state',
  'address',
  'aliases',
  'aliasUse',
  'quotaBytes',
  'role',
  'groups',
  'lists',
  'service',
  'status',
  'disabledReason',
  'forwards',
  'autoReply',
  'redirect',
  'redirectSinceMs',
  'lastLoginAtMs',
  'createdAtMs',
  'mailbox',
] as const satisfies readonly (keyof Account)[];

/** What is read of many accounts at once: nothing that grows with every sign-in, grant or change. */
export type AccountOverview = Pick<Account, '_id' | (typeof FIELDS)[number]>;

/** The first `limit` that live, by their ids, from the one after `after`. Fewer: there are no more. */
export function listOverviews(
  store: DirectoryStore,
  orgId: string,
  { after = '', limit }: { readonly after?: string; readonly limit: number },
): Promise<readonly AccountOverview[]> {
  return store.accounts.pageOf(orgId, { state: 'live' }, { afterId: after, limit }, FIELDS);
}

/** Those that live, in no order. */
export async function findOverviews(
  store: DirectoryStore,
  orgId: string,
  accountIds: readonly string[],
): Promise<readonly AccountOverview[]> {
  const found = await store.accounts.findManyOf(orgId, accountIds, FIELDS);
  return found.filter(({ state }) => state === 'live');
}
