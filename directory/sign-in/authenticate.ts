import { accessOf } from '../access.ts';
import type { Account, DirectoryProtocol } from '../account.ts';
import { addressId } from '../accounts/claim-addresses.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { hashToken, sameHash, verifyNothing, verifyPassword } from './secrets.ts';

export type SignInRefusal = 'ACCOUNT_DISABLED' | 'PROTOCOL_OFF' | 'INVALID_CREDENTIALS';

/** What signed in: checked again when the session is written, so that a lock in between wins. */
export type Credential =
  | { readonly kind: 'password'; readonly hash: string }
  | { readonly kind: 'app_password'; readonly id: string }
  | { readonly kind: 'oauth_grant'; readonly id: string };

export type Authentication =
  | { readonly kind: 'accepted'; readonly account: Account; readonly credential: Credential }
  | { readonly kind: 'refused'; readonly code: SignInRefusal };

/**
 * Checks a secret and changes nothing, as an LDAP bind does. An unknown address and a wrong secret get the same answer in
 * the same time; that an account is disabled, or a protocol off, is told only to whoever knew its secret.
 */
export async function authenticate(
  store: DirectoryStore,
  orgId: string,
  address: string,
  secret: string,
  protocol: DirectoryProtocol,
): Promise<Authentication> {
  const account = await accountAt(store, orgId, address);
  if (account === undefined) {
    await verifyNothing(secret);
    return { kind: 'refused', code: 'INVALID_CREDENTIALS' };
  }
  const credential = await credentialOf(account, secret, protocol);
  if (credential === undefined) return { kind: 'refused', code: 'INVALID_CREDENTIALS' };
  return standingOf(account, credential, protocol);
}

/** Whether this credential of this account may sign in with this protocol. */
export function standingOf(
  account: Account,
  credential: Credential,
  protocol: DirectoryProtocol,
): Authentication {
  if (account.state !== 'live' || !isHeld(account, credential))
    return { kind: 'refused', code: 'INVALID_CREDENTIALS' };
  if (account.status === 'disabled') return { kind: 'refused', code: 'ACCOUNT_DISABLED' };
  if (!isOn(account, protocol)) return { kind: 'refused', code: 'PROTOCOL_OFF' };
  return { kind: 'accepted', account, credential };
}

function isHeld(account: Account, credential: Credential): boolean {
  switch (credential.kind) {
    case 'password':
      return account.passwordHash === credential.hash;
    case 'app_password':
      return account.appPasswords.some(({ id }) => id === credential.id);
    case 'oauth_grant':
      return accessOf(account).oauthGrants.some(({ id }) => id === credential.id);
  }
}

function isOn(account: Account, protocol: DirectoryProtocol): boolean {
  if (protocol === 'web' || protocol === 'oauth') return true;
  const { protocols } = accessOf(account);
  return protocol === 'mail' ? Object.values(protocols).includes(true) : protocols[protocol];
}

/** The living account that an address or an alias belongs to. */
export async function accountAt(
  store: DirectoryStore,
  orgId: string,
  address: string,
): Promise<Account | undefined> {
  const claim = await store.addresses.find(orgId, addressId(orgId, address));
  const account = claim === undefined ? undefined : await store.accounts.find(orgId, claim.accountId);
  return account?.state === 'live' ? account : undefined;
}

/** The same of many addresses: to which account each of them belongs that belongs to any. */
export async function addressesServed(
  store: DirectoryStore,
  orgId: string,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const claims = await store.addresses.findMany(
    orgId,
    addresses.map((address) => addressId(orgId, address)),
  );
  const accounts = await store.accounts.findMany(
    orgId,
    claims.map(({ accountId }) => accountId),
  );
  const living = new Set(accounts.filter(({ state }) => state === 'live').map(({ _id }) => _id));
  const holders = new Map(claims.map(({ _id, accountId }) => [_id, accountId]));
  return new Map(
    addresses.flatMap((address) => {
      const accountId = holders.get(addressId(orgId, address));
      return accountId !== undefined && living.has(accountId) ? [[address, accountId] as const] : [];
    }),
  );
}

async function credentialOf(
  account: Account,
  secret: string,
  protocol: DirectoryProtocol,
): Promise<Credential | undefined> {
  const passwordIsRight = await verifyPassword(account.passwordHash, secret);
  if (passwordIsRight) return { kind: 'password', hash: account.passwordHash };
  if (protocol === 'web') return undefined;
  const hash = hashToken(secret);
  if (protocol === 'oauth') {
    const grant = accessOf(account).oauthGrants.find((one) => sameHash(one.hash, hash));
    return grant === undefined ? undefined : { kind: 'oauth_grant', id: grant.id };
  }
  const found = account.appPasswords.find((appPassword) => sameHash(appPassword.hash, hash));
  return found === undefined ? undefined : { kind: 'app_password', id: found.id };
}
