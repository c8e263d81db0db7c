import type { Account, DirectoryProtocol } from '../account.ts';
import { addressId } from '../accounts/create-account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { hashToken, sameHash, verifyNothing, verifyPassword } from './secrets.ts';

export type SignInRefusal = 'ACCOUNT_DISABLED' | 'INVALID_CREDENTIALS';

/** What signed in: checked again when the session is written, so that a lock in between wins. */
export type Credential =
  | { readonly kind: 'password'; readonly hash: string }
  | { readonly kind: 'app_password'; readonly id: string };

export type Authentication =
  | { readonly kind: 'accepted'; readonly account: Account; readonly credential: Credential }
  | { readonly kind: 'refused'; readonly code: SignInRefusal };

/**
 * Checks a secret and changes nothing, as an LDAP bind does. An unknown address and a wrong secret get the same answer in
 * the same time; that an account is disabled is told only to whoever knew its secret.
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
  return standingOf(account, credential);
}

/** Whether this credential of this account may sign in. */
export function standingOf(account: Account, credential: Credential): Authentication {
  const valid =
    account.state === 'live' &&
    (credential.kind === 'password'
      ? account.passwordHash === credential.hash
      : account.appPasswords.some(({ id }) => id === credential.id));
  if (!valid) return { kind: 'refused', code: 'INVALID_CREDENTIALS' };
  if (account.status === 'disabled') return { kind: 'refused', code: 'ACCOUNT_DISABLED' };
  return { kind: 'accepted', account, credential };
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

async function credentialOf(
  account: Account,
  secret: string,
  protocol: DirectoryProtocol,
): Promise<Credential | undefined> {
  const passwordIsRight = await verifyPassword(account.passwordHash, secret);
  if (passwordIsRight) return { kind: 'password', hash: account.passwordHash };
  if (protocol === 'web') return undefined;
  const hash = hashToken(secret);
  const found = account.appPasswords.find((appPassword) => sameHash(appPassword.hash, hash));
  return found === undefined ? undefined : { kind: 'app_password', id: found.id };
}
