import { normalAddress, type Account } from '../account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { aliasUseOf } from './alias-use.ts';
import { claimAddresses, releaseAddresses } from './claim-addresses.ts';
import { writeAccount, type WriteCall, type WriteResult } from './write-account.ts';

export type Settings = Pick<Account, 'aliases' | 'quotaBytes'>;

/** Exactly these aliases and this quota. New aliases are claimed before the write, dropped ones freed after it. */
export async function setSettings(
  store: DirectoryStore,
  target: { readonly orgId: string; readonly accountId: string; readonly compareFirst: boolean },
  wanted: Settings,
  call: WriteCall,
): Promise<WriteResult> {
  const { orgId, accountId } = target;
  const aliases = wanted.aliases.map(normalAddress);
  const claimed = await claimAddresses(store, orgId, accountId, aliases);
  if (claimed === 'taken') return { kind: 'refused', code: 'ADDRESS_TAKEN' };
  let dropped: readonly string[] = [];
  const result = await writeAccount(
    store,
    target,
    {
      operation: 'setSettings',
      isSo: (account) => account.quotaBytes === wanted.quotaBytes && sameSet(account.aliases, aliases),
      change: ({ aliasUse, ...account }) => {
        dropped = account.aliases.filter((alias) => !aliases.includes(alias));
        const use = aliasUseOf(aliases, aliasUse, call.asOfMs);
        return { ...account, aliases, ...use, quotaBytes: wanted.quotaBytes };
      },
    },
    call,
  );
  await releaseAddresses(store, orgId, result.kind === 'refused' ? claimed : dropped);
  return result;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());
}
