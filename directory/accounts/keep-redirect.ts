import { createHash } from 'node:crypto';
import { normalAddress } from '../account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { changeAccount } from './change-account.ts';
import { addressId } from './claim-addresses.ts';
import type { WriteCall, WriteResult } from './write-account.ts';

/** Addresses of an account that go on as redirects when the account is gone, until just before `untilMs` by the clock. */
export interface KeptRedirect {
  readonly addresses: readonly string[];
  readonly to: string;
  readonly untilMs: number;
}

interface OfAccount {
  readonly orgId: string;
  readonly accountId: string;
  readonly compareFirst: boolean;
}

/**
 * Set while the account lives, so that no mail falls between the two; as long as it lives, the account comes first. When it
 * is gone, what is kept may still be led elsewhere. The addresses are written before the account says so: a crash in between is finished by the next call.
 */
export async function keepRedirect(
  store: DirectoryStore,
  { orgId, accountId, compareFirst }: OfAccount,
  kept: KeptRedirect,
  call: WriteCall,
): Promise<WriteResult> {
  const wanted = { ...kept, addresses: kept.addresses.map(normalAddress).sort(), to: normalAddress(kept.to) };
  const account = await store.accounts.find(orgId, accountId);
  const own =
    account?.state === 'live'
      ? [account.address, ...account.aliases]
      : (await readKeptRedirect(store, orgId, accountId))?.addresses;
  if (own === undefined) return noSuchAccount;
  if (!wanted.addresses.every((address) => own.includes(address)))
    return { kind: 'refused', code: 'NOT_AN_ADDRESS_OF_IT' };
  for (const address of wanted.addresses) await point(store, orgId, accountId, address, wanted);
  const digest = digestOf(wanted);
  const result = await changeAccount<WriteResult>(store, orgId, accountId, (current) => {
    if (current.state !== 'live' && current.keptRedirect === undefined)
      return { kind: 'keep', result: noSuchAccount };
    if (compareFirst && current.keptRedirect?.digest === digest) return { kind: 'keep', result: already };
    const effect = { operation: 'keepRedirect', effectKey: call.effectKey, atMs: call.asOfMs } as const;
    return { kind: 'change', next: { ...current, keptRedirect: { digest } }, effect, result: changed };
  });
  return result ?? noSuchAccount;
}

/** Ends it, also when its time is over and when the account is gone. */
export async function dropKeptRedirect(
  store: DirectoryStore,
  { orgId, accountId, compareFirst }: OfAccount,
  call: WriteCall,
): Promise<WriteResult> {
  await store.redirects.removeAll(orgId, { accountId });
  const result = await changeAccount<WriteResult>(store, orgId, accountId, ({ keptRedirect, ...account }) => {
    if (compareFirst && keptRedirect === undefined) return { kind: 'keep', result: already };
    const effect = { operation: 'dropKeptRedirect', effectKey: call.effectKey, atMs: call.asOfMs } as const;
    return { kind: 'change', next: account, effect, result: changed };
  });
  return result ?? already;
}

export async function readKeptRedirect(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
): Promise<KeptRedirect | undefined> {
  const found = await store.redirects.page(orgId, { accountId }, '', mostAddresses);
  const [first] = found;
  if (first === undefined) return undefined;
  const prefix = addressId(orgId, '');
  const addresses = found.map(({ _id }) => _id.slice(prefix.length)).sort();
  return { addresses, to: first.to, untilMs: first.untilMs };
}

const mostAddresses = 200;
const changed: WriteResult = { kind: 'changed' };
const already: WriteResult = { kind: 'already' };
const noSuchAccount: WriteResult = { kind: 'refused', code: 'NO_SUCH_ACCOUNT' };

/** What an earlier holder of the address left behind gives way. */
async function point(
  store: DirectoryStore,
  orgId: string,
  accountId: string,
  address: string,
  { to, untilMs }: KeptRedirect,
): Promise<void> {
  const document = { _id: addressId(orgId, address), orgId, rev: 1, accountId, to, untilMs };
  if ((await store.redirects.insert(document)) === 'inserted') return;
  const old = await store.redirects.find(orgId, document._id);
  if (old !== undefined) await store.redirects.replace(old, { ...old, accountId, to, untilMs });
}

function digestOf({ addresses, to, untilMs }: KeptRedirect): string {
  return createHash('sha256')
    .update(JSON.stringify([addresses, to, untilMs]))
    .digest('hex');
}
