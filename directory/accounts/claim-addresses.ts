import { normalAddress } from '../account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';

/** The id of the claim by which an address belongs to one account of its organisation. */
export function addressId(orgId: string, address: string): string {
  return `${orgId}:${normalAddress(address)}`;
}

/** Takes addresses for an account, all or none. Gives those that it did not have before. */
export async function claimAddresses(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  addresses: readonly string[],
): Promise<readonly string[] | 'taken'> {
  const claimed: string[] = [];
  for (const address of addresses) {
    const claim = { _id: addressId(orgId, address), orgId, accountId };
    if ((await store.addresses.insert(claim)) === 'inserted') claimed.push(address);
    else if ((await store.addresses.find(orgId, claim._id))?.accountId !== accountId) {
      await releaseAddresses(store, orgId, claimed);
      return 'taken';
    }
  }
  return claimed;
}

export async function releaseAddresses(
  store: DirectoryStore,
  orgId: string,
  addresses: readonly string[],
): Promise<void> {
  for (const address of addresses) await store.addresses.remove(orgId, addressId(orgId, address));
}
