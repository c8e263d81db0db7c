import { ulid } from 'ulid';
import type { DirectoryProtocol, StoredSession } from '../account.ts';
import { changeAccount } from '../accounts/change-account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { authenticate, standingOf } from './authenticate.ts';
import type { SignInRefusal } from './authenticate.ts';
import { hashToken, randomToken, sameHash } from './secrets.ts';

export type SignInResult =
  | { readonly kind: 'signed_in'; readonly token: string; readonly accountId: string }
  | { readonly kind: 'refused'; readonly code: SignInRefusal };

export type SessionResult =
  | {
      readonly kind: 'active';
      readonly orgId: string;
      readonly accountId: string;
      readonly protocol: DirectoryProtocol;
    }
  | { readonly kind: 'refused'; readonly code: 'SESSION_UNKNOWN' | 'ACCOUNT_DISABLED' };

/** The oldest session gives way beyond this. */
const maxSessions = 100;

/** Opens a session. Its token is given here once; only a hash of it is kept. */
export async function signIn(
  store: DirectoryStore,
  orgId: string,
  address: string,
  secret: string,
  protocol: DirectoryProtocol,
  atMs: number,
): Promise<SignInResult> {
  const checked = await authenticate(store, orgId, address, secret, protocol);
  if (checked.kind === 'refused') return checked;
  const accountId = checked.account._id;
  const random = randomToken();
  const session: StoredSession = {
    id: `ses_${ulid(atMs)}`,
    tokenHash: hashToken(random),
    protocol,
    createdAtMs: atMs,
  };
  const result = await changeAccount<SignInResult>(store, orgId, accountId, (account) => {
    const standing = standingOf(account, checked.credential, protocol);
    if (standing.kind === 'refused') return { kind: 'keep', result: standing };
    const sessions = [...account.sessions.slice(1 - maxSessions), session];
    return {
      kind: 'change',
      next: { ...account, sessions, lastLoginAtMs: atMs },
      result: { kind: 'signed_in', token: `${orgId}.${accountId}.${random}`, accountId },
    };
  });
  return result ?? { kind: 'refused', code: 'INVALID_CREDENTIALS' };
}

/** Whose session a token is. The token names its account, so that no index over tokens is needed. */
export async function currentSession(store: DirectoryStore, token: string): Promise<SessionResult> {
  const [orgId, accountId, random, ...rest] = token.split('.');
  const unknown: SessionResult = { kind: 'refused', code: 'SESSION_UNKNOWN' };
  if (orgId === undefined || accountId === undefined || random === undefined || rest.length > 0)
    return unknown;
  const account = await store.accounts.find(orgId, accountId);
  const tokenHash = hashToken(random);
  const session = account?.sessions.find((open) => sameHash(open.tokenHash, tokenHash));
  if (account?.state !== 'live' || session === undefined) return unknown;
  if (account.status === 'disabled') return { kind: 'refused', code: 'ACCOUNT_DISABLED' };
  return { kind: 'active', orgId, accountId, protocol: session.protocol };
}
