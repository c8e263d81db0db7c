import { accessOf, type Delegation, type ProtocolSwitches } from '../access.ts';
import type { Account } from '../account.ts';
import type { Write } from './write-account.ts';

export type Memberships = Pick<Account, 'groups'> & { readonly lists: readonly string[] };

export function revokingOauthGrants(): Write {
  return {
    operation: 'revokeOauthGrants',
    isSo: (account) => accessOf(account).oauthGrants.length === 0,
    change: (account) => ({ ...account, oauthGrants: [] }),
  };
}

/** Every link that was not used, also one that has expired: it is said to be void from now on. */
export function voidingLinks(): Write {
  return {
    operation: 'voidLinks',
    isSo: (account) => accessOf(account).links.every((link) => link.state !== 'open'),
    change: (account) => ({
      ...account,
      links: accessOf(account).links.map((link) =>
        link.state === 'open' ? { ...link, state: 'void' } : link,
      ),
    }),
  };
}

export function removingRecoveryMeans(): Write {
  return {
    operation: 'removeRecoveryMeans',
    isSo: (account) => accessOf(account).recoveryMeans.length === 0,
    change: (account) => ({ ...account, recoveryMeans: [] }),
  };
}

export function settingProtocols({ imap, pop, smtp }: ProtocolSwitches): Write {
  return {
    operation: 'setProtocols',
    isSo: (account) => {
      const { protocols } = accessOf(account);
      return protocols.imap === imap && protocols.pop === pop && protocols.smtp === smtp;
    },
    change: (account) => ({ ...account, protocols: { imap, pop, smtp } }),
  };
}

/** Exactly these groups and lists, in whatever order. */
export function settingMemberships({ groups, lists }: Memberships): Write {
  return {
    operation: 'setMemberships',
    isSo: (account) => sameSet(account.groups, groups) && sameSet(accessOf(account).lists, lists),
    change: (account) => ({ ...account, groups, lists }),
  };
}

/** Exactly these rights on other accounts, in whatever order. */
export function settingDelegations(wanted: readonly Delegation[]): Write {
  const delegations = wanted.map(({ ownerAccountId, resource, right }) => ({
    ownerAccountId,
    resource,
    right,
  }));
  const texts = (of: readonly Delegation[]) =>
    of.map(({ ownerAccountId, resource, right }) => `${ownerAccountId} ${resource} ${right}`);
  return {
    operation: 'setDelegations',
    isSo: (account) => sameSet(texts(accessOf(account).delegations), texts(delegations)),
    change: (account) => ({ ...account, delegations }),
  };
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());
}
