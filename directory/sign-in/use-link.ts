import { accessOf, type StoredLink } from '../access.ts';
import { changeAccount } from '../accounts/change-account.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { hashPassword, hashToken, sameHash } from './secrets.ts';

export type LinkRefusal = 'LINK_UNKNOWN' | 'LINK_VOID' | 'LINK_USED' | 'LINK_EXPIRED' | 'ACCOUNT_DISABLED';
export type LinkResult =
  | { readonly kind: 'password_set'; readonly accountId: string }
  | { readonly kind: 'refused'; readonly code: LinkRefusal };

/** The text of a link names its account, so that no index over links is needed. */
export function linkText(orgId: string, accountId: string, secret: string): string {
  return `${orgId}.${accountId}.${secret}`;
}

/** Sets the password of the account a link belongs to, and uses the link up by the same write. */
export async function useLink(
  store: DirectoryStore,
  orgId: string,
  text: string,
  password: string,
  nowMs: number,
): Promise<LinkResult> {
  const [linkOrgId, accountId, secret, ...rest] = text.split('.');
  if (linkOrgId !== orgId || accountId === undefined || secret === undefined || rest.length > 0)
    return unknown;
  const hash = hashToken(secret);
  const passwordHash = await hashPassword(password);
  const result = await changeAccount<LinkResult>(store, orgId, accountId, (account) => {
    const { links } = accessOf(account);
    const link = links.find((one) => sameHash(one.hash, hash));
    if (account.state !== 'live' || link === undefined) return { kind: 'keep', result: unknown };
    const code = account.status === 'disabled' ? 'ACCOUNT_DISABLED' : undefined;
    const refusal = refusalOf(link, nowMs) ?? code;
    if (refusal !== undefined) return { kind: 'keep', result: { kind: 'refused', code: refusal } };
    return {
      kind: 'change',
      next: {
        ...account,
        passwordHash,
        links: links.map((one) => (one.id === link.id ? { ...one, state: 'used' } : one)),
      },
      result: { kind: 'password_set', accountId },
    };
  });
  return result ?? unknown;
}

const unknown: LinkResult = { kind: 'refused', code: 'LINK_UNKNOWN' };

function refusalOf(link: StoredLink, nowMs: number): LinkRefusal | undefined {
  if (link.state === 'void') return 'LINK_VOID';
  if (link.state === 'used') return 'LINK_USED';
  return nowMs < link.expiresAtMs ? undefined : 'LINK_EXPIRED';
}
