import type { Found, ReviewRule, ReviewSubject } from '../review-rule.ts';
import { isSettled } from '../../case-states.ts';
import { refOf, seen } from './found-words.ts';

export const orphanAccount: ReviewRule = {
  name: 'orphan_account',
  title: 'Account of nobody',
  description:
    'A target has an account that belongs to no person whom Gangway knows. Not found: accounts of machines.',
  usuallyOn: true,
  proposes: 'attest',
  allows: [],
  find({ person, accounts }) {
    if (person !== undefined) return [];
    return accounts
      .filter(({ service }) => !service)
      .map((account) => ({
        value: account.address,
        account: refOf(account),
        evidence: seen({
          address: account.address,
          status: account.status,
          role: account.role,
          createdAtMs: account.createdAtMs,
          lastLoginAtMs: account.lastLoginAtMs,
        }),
      }));
  },
  explain: ({ evidence: { status, role } }) =>
    `The account belongs to no person; it is ${status === 'active' ? 'open' : 'disabled'}${role === 'administrator' ? ", and an administrator's" : ''}.`,
};

export const missingAccount: ReviewRule = {
  name: 'missing_account',
  title: 'Person without an account',
  description:
    'A target has no account of somebody who should have one there, or somebody has none at all. Not found: people who join or have departed, and people whose accounts an open case deletes.',
  usuallyOn: true,
  proposes: 'attest',
  allows: [],
  find(subject) {
    const { person, accounts, missing } = subject;
    if (person === undefined || person.status === 'joining' || person.status === 'departed') return [];
    if (isBeingDeleted(subject)) return [];
    const evidence = { personStatus: person.status };
    const gone = missing.map((account): Found => ({ value: account.target, account, evidence }));
    return accounts.length + gone.length === 0 ? [{ value: 'none', evidence }] : gone;
  },
  explain: ({ value }) =>
    value === 'none'
      ? 'The person has no account in any target.'
      : `The person should have an account in the target "${value}", which has none.`,
};

/** From the first deletion on nothing is missing. */
function isBeingDeleted({ openCase }: ReviewSubject): boolean {
  if (openCase === undefined) return false;
  const deletions = openCase.plan.steps.filter(({ destructive }) => destructive).map(({ key }) => key);
  return openCase.steps.some(({ key, status }) => deletions.includes(key) && isSettled(status));
}
