import { localPartOf } from '../naming/address-limits.ts';
import { isReserved } from '../naming/reserved-names.ts';
import type { Person } from '../person.ts';

/** What a caller may want to change about the account of one person, at once. */
export const PERSON_CHANGES = [
  'rename',
  'changeAddress',
  'setPassword',
  'giveSetupLink',
  'promote',
  'demote',
  'addAlias',
  'removeAlias',
  'setQuota',
] as const;
export type PersonChange = (typeof PERSON_CHANGES)[number];

export type ChangeRefusal =
  | 'PERSON_NOT_ACTIVE'
  | 'ACCOUNT_NOT_FOUND'
  | 'OWN_ROLE'
  | 'ROLE_HELD'
  | 'CASE_OPEN'
  | 'LAST_ADMINISTRATOR'
  | 'RESERVED_ALIASES'
  | 'TOO_MANY_ALIASES'
  | 'ALIAS_NOT_FOUND';

export const MOST_ALIASES = 50;

export interface ChangeFacts {
  readonly person: Pick<Person, 'status' | 'accounts' | 'accountRole' | 'aliases'>;
  /** A departure, or any other case that is not closed. */
  readonly hasOpenCase: boolean;
  /** The key that asks is the person's own. */
  readonly isSelf: boolean;
  /** An administrator who stays, besides the person. */
  readonly hasOtherAdministrator: boolean;
}

/**
 * Why a person cannot be changed this way by this caller; `undefined`: nothing is in the way. The one place that decides it, for
 * those who carry a change out and for those who only show what can be done.
 *
 * Names are no right and are put right at any time. Everything else concerns an account that is in use: from day 0 of a departure on
 * it is as the departure left it, or an undo would put back something else. A protected person may be changed: nothing of it
 * disables an account.
 */
export function whyNot(change: PersonChange, facts: ChangeFacts): ChangeRefusal | undefined {
  if (change === 'rename') return undefined;
  const { person, hasOpenCase, isSelf, hasOtherAdministrator } = facts;
  if (person.status !== 'active') return 'PERSON_NOT_ACTIVE';
  if (person.accounts.length === 0) return 'ACCOUNT_NOT_FOUND';
  switch (change) {
    case 'promote':
      if (isSelf) return 'OWN_ROLE';
      if (person.accountRole === 'administrator') return 'ROLE_HELD';
      // Whoever is about to leave, or is being given another role by a case, is not given everything beside it.
      return hasOpenCase ? 'CASE_OPEN' : undefined;
    case 'demote':
      if (isSelf) return 'OWN_ROLE';
      if (person.accountRole === 'user') return 'ROLE_HELD';
      if (!hasOtherAdministrator) return 'LAST_ADMINISTRATOR';
      return person.aliases.some((alias) => isReserved(localPartOf(alias))) ? 'RESERVED_ALIASES' : undefined;
    case 'addAlias':
      return person.aliases.length < MOST_ALIASES ? undefined : 'TOO_MANY_ALIASES';
    case 'removeAlias':
      return person.aliases.length > 0 ? undefined : 'ALIAS_NOT_FOUND';
    case 'changeAddress':
    case 'setPassword':
    case 'giveSetupLink':
    case 'setQuota':
      return undefined;
  }
}
