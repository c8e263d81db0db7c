import type { Account, AliasUse } from '../account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { changeAccount } from './change-account.ts';

/** Of exactly these aliases. What is known of one stays known; one of which nothing was known is watched from now on. */
export function aliasUseOf(
  aliases: readonly string[],
  known: readonly AliasUse[] | undefined,
  atMs: number,
): { readonly aliasUse?: readonly AliasUse[] } {
  if (aliases.length === 0) return {};
  const use = (address: string) => known?.find((one) => one.address === address);
  return { aliasUse: aliases.map((address) => use(address) ?? { address, sinceMs: atMs }) };
}

/** With mail that came to this address just now: of an alias that is remembered. */
export function withMailTo(account: Account, address: string, atMs: number): Account {
  if (account.aliases.length === 0) return account;
  const { aliasUse = [] } = aliasUseOf(account.aliases, account.aliasUse, atMs);
  return {
    ...account,
    aliasUse: aliasUse.map((use) => (use.address === address ? { ...use, lastMailAtMs: atMs } : use)),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Mail to an alias that went on without a copy changes nothing else of the account: it is remembered by a write of its own, once a
 * day.
 */
export async function noteForwarded(
  store: DirectoryStore,
  account: Account,
  address: string,
  atMs: number,
): Promise<void> {
  if (!isNews(account, address, atMs)) return;
  await changeAccount(store, account.orgId, account._id, (now) =>
    now.state === 'live' && isNews(now, address, atMs)
      ? { kind: 'change', next: withMailTo(now, address, atMs), result: undefined }
      : { kind: 'keep', result: undefined },
  );
}

function isNews({ aliases, aliasUse }: Account, address: string, atMs: number): boolean {
  const { lastMailAtMs } = aliasUse?.find((use) => use.address === address) ?? {};
  return aliases.includes(address) && (lastMailAtMs === undefined || atMs - lastMailAtMs >= DAY_MS);
}
