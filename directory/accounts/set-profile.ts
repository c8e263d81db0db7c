import { normalAddress, type Account } from '../account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { aliasUseOf } from './alias-use.ts';
import { addressId, claimAddresses, releaseAddresses } from './claim-addresses.ts';
import { writeAccount, type WriteCall, type WriteResult } from './write-account.ts';

/** What is to be different about an account; what is absent stays as it is. */
export interface ProfileChange extends Partial<
  Pick<Account, 'firstName' | 'lastName' | 'address' | 'quotaBytes' | 'role'>
> {
  readonly addAliases?: readonly string[];
  /** An address that is the account's own stays. */
  readonly removeAliases?: readonly string[];
}

/**
 * Changes all of it by one write. New addresses are claimed before it and dropped ones freed after it, also those that an
 * earlier call claimed or dropped before it died.
 */
export async function setProfile(
  store: DirectoryStore,
  target: { readonly orgId: string; readonly accountId: string; readonly compareFirst: boolean },
  change: ProfileChange,
  call: WriteCall,
): Promise<WriteResult> {
  const { orgId, accountId } = target;
  const wanted = normalised(change);
  const claimed = await claimAddresses(store, orgId, accountId, [
    ...(wanted.address === undefined ? [] : [wanted.address]),
    ...(wanted.addAliases ?? []),
  ]);
  if (claimed === 'taken') return { kind: 'refused', code: 'ADDRESS_TAKEN' };
  const result = await writeAccount(
    store,
    target,
    {
      operation: 'setProfile',
      isSo: (account) => profileText(account) === profileText(changed(account, wanted, call.asOfMs)),
      change: (account) => changed(account, wanted, call.asOfMs),
    },
    call,
  );
  if (result.kind === 'refused') await releaseAddresses(store, orgId, claimed);
  else await releaseUnused(store, orgId, accountId, wanted.removeAliases ?? []);
  return result;
}

function normalised({ address, addAliases, removeAliases, ...rest }: ProfileChange): ProfileChange {
  return {
    ...rest,
    ...(address === undefined ? {} : { address: normalAddress(address) }),
    ...(addAliases === undefined ? {} : { addAliases: addAliases.map(normalAddress) }),
    ...(removeAliases === undefined ? {} : { removeAliases: removeAliases.map(normalAddress) }),
  };
}

function changed({ aliasUse, ...account }: Account, change: ProfileChange, atMs: number): Account {
  const { addAliases = [], removeAliases = [], ...fields } = change;
  const address = fields.address ?? account.address;
  const aliases = [...new Set([...account.aliases, ...addAliases])].filter(
    (alias) => alias !== address && !removeAliases.includes(alias),
  );
  return { ...account, ...fields, aliases, ...aliasUseOf(aliases, aliasUse, atMs) };
}

function profileText({ firstName, lastName, address, aliases, quotaBytes, role }: Account): string {
  return JSON.stringify([firstName, lastName, address, aliases.toSorted(), quotaBytes, role]);
}

async function releaseUnused(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  addresses: readonly string[],
): Promise<void> {
  const account = await store.accounts.find(orgId, accountId);
  const used = account === undefined ? [] : [account.address, ...account.aliases];
  for (const address of addresses.filter((one) => !used.includes(one)))
    if ((await store.addresses.find(orgId, addressId(orgId, address)))?.accountId === accountId)
      await releaseAddresses(store, orgId, [address]);
}
