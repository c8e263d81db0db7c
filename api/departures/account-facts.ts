import type { AccountView } from '../../directory/account-view.ts';
import type { AccountFacts } from '../../shared/domain/planner/expected-calls.ts';

/** What the simulation looks at of a directory account. `ownKeyCount`: the person's own usable keys to Gangway. */
export function factsOf(account: AccountView, ownKeyCount: number): AccountFacts {
  const { status, role, sessionCount, appPasswords, forwards, rules, oauthGrants, links } = account;
  return {
    status,
    role,
    sessionCount,
    appPasswordCount: appPasswords.length,
    ownRuleCount: forwards.length + rules.length,
    oauthGrantCount: oauthGrants.length,
    openLinkCount: links.filter((link) => link.state === 'open').length,
    recoveryMeansCount: account.recoveryMeans.length,
    openProtocolCount: Object.values(account.protocols).filter((isOn) => isOn).length,
    membershipCount: account.groups.length + account.lists.length,
    delegationCount: account.delegations.length,
    ownKeyCount,
  };
}
