/** What opens an account besides its password, sessions and app passwords, and what the account itself opens elsewhere. */
export interface StoredOauthGrant {
  readonly id: string;
  /** The application that was let in, as it calls itself. */
  readonly client: string;
  readonly scopes: readonly string[];
  readonly hash: string;
  readonly grantedAtMs: number;
}

export const LINK_KINDS = ['setup', 'reset'] as const;
/** A link with which a password is set, once. `open` until it is used or made void; it no longer works after `expiresAtMs`. */
export interface StoredLink {
  readonly id: string;
  readonly kind: (typeof LINK_KINDS)[number];
  readonly hash: string;
  readonly expiresAtMs: number;
  readonly state: 'open' | 'used' | 'void';
}

export const RECOVERY_KINDS = ['totp', 'recovery_address', 'recovery_codes'] as const;
/** A second factor, or a way back into the account that goes round the password. */
export interface RecoveryMeans {
  readonly id: string;
  readonly kind: (typeof RECOVERY_KINDS)[number];
  readonly label: string;
}

/** The ways in for mail programs that can be closed one by one. */
export const SWITCHED_PROTOCOLS = ['imap', 'pop', 'smtp'] as const;
export type ProtocolSwitches = Readonly<Record<(typeof SWITCHED_PROTOCOLS)[number], boolean>>;

export const DELEGATED_RESOURCES = ['mailbox', 'calendar'] as const;
export const DELEGATED_RIGHTS = ['read', 'write', 'owner'] as const;
/** A right of this account on something of another one. */
export interface Delegation {
  readonly ownerAccountId: string;
  readonly resource: (typeof DELEGATED_RESOURCES)[number];
  readonly right: (typeof DELEGATED_RIGHTS)[number];
}

export interface AccountAccess {
  readonly oauthGrants: readonly StoredOauthGrant[];
  readonly links: readonly StoredLink[];
  readonly recoveryMeans: readonly RecoveryMeans[];
  readonly protocols: ProtocolSwitches;
  /** Mailing lists the account is on. */
  readonly lists: readonly string[];
  readonly delegations: readonly Delegation[];
}

const NONE: AccountAccess = {
  oauthGrants: [],
  links: [],
  recoveryMeans: [],
  protocols: { imap: true, pop: true, smtp: true },
  lists: [],
  delegations: [],
};

/** An account written by 0.1.0 has none of it, and every protocol on. */
export function accessOf(account: Partial<AccountAccess>): AccountAccess {
  return {
    oauthGrants: account.oauthGrants ?? NONE.oauthGrants,
    links: account.links ?? NONE.links,
    recoveryMeans: account.recoveryMeans ?? NONE.recoveryMeans,
    protocols: account.protocols ?? NONE.protocols,
    lists: account.lists ?? NONE.lists,
    delegations: account.delegations ?? NONE.delegations,
  };
}
