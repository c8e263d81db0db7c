/** Lets a person set the password of their accounts, once. The token itself is nowhere; its hash is the id. */
export interface SetupLink {
  /** sha256 (hex) of the token. */
  readonly id: string;
  readonly orgId: string;
  readonly personId: string;
  /** The case whose end it is; absent when it was given by hand. */
  readonly caseId?: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly usedAtMs?: number;
  /** A newer link took its place, or somebody called it back. */
  readonly voidedAtMs?: number;
}

export const SETUP_LINK_MS = 72 * 60 * 60 * 1000;

export type SetupLinkState = 'open' | 'used' | 'void' | 'expired';

export function setupLinkState(link: SetupLink, atMs: number): SetupLinkState {
  if (link.usedAtMs !== undefined) return 'used';
  if (link.voidedAtMs !== undefined) return 'void';
  return link.expiresAtMs <= atMs ? 'expired' : 'open';
}
