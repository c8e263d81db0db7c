import type { DirectoryStore } from '../store/directory-store.ts';

export type ManageableAccounts =
  | { readonly kind: 'allowed'; readonly accounts: readonly ManageableAccount[] }
  | { readonly kind: 'refused'; readonly code: 'NOT_AN_ADMINISTRATOR' };

interface ManageableAccount {
  readonly id: string;
  readonly address: string;
}

/**
 * What tells an administrator from everybody else: whoever is one, and may sign in, has access to all accounts. The first
 * `limit` of them by id, from the one after `after`.
 */
export async function manageableAccounts(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  { after = '', limit }: { readonly after?: string; readonly limit: number },
): Promise<ManageableAccounts> {
  const account = await store.accounts.find(orgId, accountId);
  if (account?.state !== 'live' || account.status !== 'active' || account.role !== 'administrator')
    return { kind: 'refused', code: 'NOT_AN_ADMINISTRATOR' };
  const found = await store.accounts.page(orgId, { state: 'live' }, after, limit);
  return { kind: 'allowed', accounts: found.map(({ _id, address }) => ({ id: _id, address })) };
}
