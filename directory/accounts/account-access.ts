import { ulid } from 'ulid';
import {
  accessOf,
  type Delegation,
  type ProtocolSwitches,
  type RecoveryMeans,
  type StoredLink,
} from '../access.ts';
import type { Account } from '../account.ts';
import { hashToken, randomToken } from '../sign-in/secrets.ts';
import { linkText, useLink, type LinkResult } from '../sign-in/use-link.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import * as writes from './access-writes.ts';
import { changeAccount } from './change-account.ts';
import type { Write, WriteCall, WriteResult } from './write-account.ts';

/** Everything that opens an account besides its password, and what the account opens elsewhere. */
export interface DirectoryAccess {
  /** Signs in with the protocol `oauth`. The token is given here once. `undefined`: there is no such account. */
  addOauthGrant(
    orgId: string,
    accountId: string,
    grant: { readonly client: string; readonly scopes: readonly string[] },
  ): Promise<{ readonly id: string; readonly token: string } | undefined>;
  /** The text of the link is given here once. `undefined`: there is no such account. */
  addLink(
    orgId: string,
    accountId: string,
    link: Pick<StoredLink, 'kind' | 'expiresAtMs'>,
  ): Promise<{ readonly id: string; readonly text: string } | undefined>;
  /** Sets a password with a link: once, while it is open, and only on an account that is not disabled. */
  useLink(orgId: string, text: string, password: string): Promise<LinkResult>;
  addRecoveryMeans(
    orgId: string,
    accountId: string,
    means: Omit<RecoveryMeans, 'id'>,
  ): Promise<{ readonly id: string } | undefined>;
  revokeOauthGrants(orgId: string, accountId: string, call: WriteCall): Promise<WriteResult>;
  voidLinks(orgId: string, accountId: string, call: WriteCall): Promise<WriteResult>;
  removeRecoveryMeans(orgId: string, accountId: string, call: WriteCall): Promise<WriteResult>;
  setProtocols(
    orgId: string,
    accountId: string,
    protocols: ProtocolSwitches,
    call?: WriteCall,
  ): Promise<WriteResult>;
  setMemberships(
    orgId: string,
    accountId: string,
    memberships: writes.Memberships,
    call?: WriteCall,
  ): Promise<WriteResult>;
  setDelegations(
    orgId: string,
    accountId: string,
    delegations: readonly Delegation[],
    call?: WriteCall,
  ): Promise<WriteResult>;
}

export function createAccountAccess(of: {
  readonly store: DirectoryStore;
  readonly now: () => number;
  readonly write: (orgId: string, accountId: string, what: Write, call: WriteCall) => Promise<WriteResult>;
  readonly byHand: () => WriteCall;
}): DirectoryAccess {
  const { store, now, write, byHand } = of;
  const add = <T>(orgId: string, accountId: string, change: (account: Account) => Account, result: T) =>
    changeAccount<T | undefined>(store, orgId, accountId, (account) =>
      account.state === 'live'
        ? { kind: 'change', next: change(account), result }
        : { kind: 'keep', result: undefined },
    );
  return {
    addOauthGrant: (orgId, accountId, { client, scopes }) => {
      const token = randomToken();
      const nowMs = now();
      const grant = { id: `gra_${ulid(nowMs)}`, client, scopes, hash: hashToken(token), grantedAtMs: nowMs };
      const change = (account: Account) => ({
        ...account,
        oauthGrants: [...accessOf(account).oauthGrants, grant],
      });
      return add(orgId, accountId, change, { id: grant.id, token });
    },
    addLink: (orgId, accountId, { kind, expiresAtMs }) => {
      const secret = randomToken();
      const id = `lnk_${ulid(now())}`;
      const link: StoredLink = { id, kind, hash: hashToken(secret), expiresAtMs, state: 'open' };
      const change = (account: Account) => ({ ...account, links: [...accessOf(account).links, link] });
      return add(orgId, accountId, change, { id, text: linkText(orgId, accountId, secret) });
    },
    useLink: (orgId, text, password) => useLink(store, orgId, text, password, now()),
    addRecoveryMeans: (orgId, accountId, { kind, label }) => {
      const means = { id: `rec_${ulid(now())}`, kind, label };
      const change = (account: Account) => ({
        ...account,
        recoveryMeans: [...accessOf(account).recoveryMeans, means],
      });
      return add(orgId, accountId, change, { id: means.id });
    },
    revokeOauthGrants: (orgId, accountId, call) =>
      write(orgId, accountId, writes.revokingOauthGrants(), call),
    voidLinks: (orgId, accountId, call) => write(orgId, accountId, writes.voidingLinks(), call),
    removeRecoveryMeans: (orgId, accountId, call) =>
      write(orgId, accountId, writes.removingRecoveryMeans(), call),
    setProtocols: (orgId, accountId, protocols, call = byHand()) =>
      write(orgId, accountId, writes.settingProtocols(protocols), call),
    setMemberships: (orgId, accountId, memberships, call = byHand()) =>
      write(orgId, accountId, writes.settingMemberships(memberships), call),
    setDelegations: (orgId, accountId, delegations, call = byHand()) =>
      write(orgId, accountId, writes.settingDelegations(delegations), call),
  };
}
