import { hashPassword, randomToken } from '../sign-in/secrets.ts';
import type { Account } from '../account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { addressId, releaseAddresses } from './claim-addresses.ts';
import { accountOf, type CreateAccountResult, type NewAccount } from './create-account.ts';
import { effectsOf } from './effect-log.ts';

/** An account whose password was hashed elsewhere. `passwordHash` absent: nobody can sign in until one is set. */
export interface HashedAccount extends Omit<NewAccount, 'password'> {
  readonly passwordHash?: string;
  readonly effectKey: string;
}

/** A hash of what nobody ever knew: to check a password against it takes as long as against any other. */
let nobodys: Promise<string> | undefined;

/**
 * As `createAccount`: addresses first, then the accounts, each collection with one call. Of what a crash left behind the next try
 * with the same ids takes up everything. The effects stay in the accounts until somebody changes them, and are in the log besides.
 */
export async function createAccounts(
  store: DirectoryStore,
  orgId: string,
  wanted: readonly HashedAccount[],
  asOfMs: number,
): Promise<readonly CreateAccountResult[]> {
  nobodys ??= hashPassword(randomToken());
  const unknown = await nobodys;
  const refused = await claimAll(store, orgId, wanted);
  const accounts = wanted
    .filter(({ id }) => !refused.has(id))
    .map(({ passwordHash = unknown, effectKey, ...account }) =>
      accountOf(orgId, account, passwordHash, { effectKey, asOfMs }),
    );
  const there = await store.accounts.insertMany(accounts);
  const earlier = await store.accounts.findMany(orgId, [...there]);
  const made = accounts.filter(({ _id }) => !there.has(_id));
  await store.effects.insertMany([...made, ...earlier].flatMap(effectsOf));
  const existing = new Map(earlier.map((account) => [account._id, account]));
  const results: CreateAccountResult[] = [];
  for (const one of wanted) {
    if (refused.has(one.id)) results.push({ kind: 'refused', code: 'ADDRESS_TAKEN' });
    else if (!there.has(one.id)) results.push({ kind: 'created' });
    else results.push(await standing(store, orgId, one, existing.get(one.id)));
  }
  return results;
}

/** Gives the accounts that cannot have all of their addresses; of those they keep none that they did not have before. */
async function claimAll(
  store: DirectoryStore,
  orgId: string,
  wanted: readonly HashedAccount[],
): Promise<ReadonlySet<string>> {
  const claims = wanted.flatMap(({ id: accountId, address, aliases = [] }) =>
    [address, ...aliases].map((one) => ({ _id: addressId(orgId, one), orgId, accountId })),
  );
  const there = await store.addresses.insertMany(claims);
  if (there.size === 0) return new Set();
  const holders = new Map(
    (await store.addresses.findMany(orgId, [...there])).map(({ _id, accountId }) => [_id, accountId]),
  );
  const lost = claims.filter(({ _id, accountId }) => there.has(_id) && holders.get(_id) !== accountId);
  const refused = new Set(lost.map(({ accountId }) => accountId));
  for (const { _id, accountId } of claims)
    if (refused.has(accountId) && !there.has(_id)) await store.addresses.remove(orgId, _id);
  return refused;
}

/** Of an id that is taken: by an earlier try, by an account that is gone, or in another organisation. */
async function standing(
  store: DirectoryStore,
  orgId: string,
  { address, aliases = [] }: HashedAccount,
  existing: Account | undefined,
): Promise<CreateAccountResult> {
  if (existing !== undefined)
    return existing.state === 'live' ? { kind: 'already' } : { kind: 'refused', code: 'ACCOUNT_DELETED' };
  await releaseAddresses(store, orgId, [address, ...aliases]);
  return { kind: 'refused', code: 'ID_TAKEN' };
}
