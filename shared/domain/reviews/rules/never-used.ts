import type { ReviewRule } from '../review-rule.ts';
import { daysBetween } from './days-between.ts';
import { DAYS, fromDays, refOf } from './found-words.ts';
import { presentPerson, unlessProtected } from './whereabouts.ts';

export const neverUsed: ReviewRule = {
  name: 'never_used',
  title: 'Account never used',
  description:
    'The account is open, was made so many days ago or earlier, and nobody ever signed in to it. Where a target does not say when it made an account, the days count from when the person was entered. Not found: accounts of machines, and of people who are on leave, join or leave. Of protected people, whom nothing disables, it proposes to attest.',
  threshold: { ...DAYS, usual: 30 },
  usuallyOn: true,
  proposes: 'disable',
  allows: ['disable', 'start_departure'],
  answeredBySignIn: true,
  find(subject, { nowMs, threshold }) {
    const person = presentPerson(subject);
    if (person === undefined) return [];
    return subject.accounts.flatMap((account) => {
      if (account.service || account.status !== 'active' || account.lastLoginAtMs !== undefined) return [];
      const createdAtMs = account.createdAtMs ?? person.createdAtMs;
      const value = daysBetween(createdAtMs, nowMs);
      if (value < threshold) return [];
      return [{ value, account: refOf(account), evidence: { createdAtMs }, ...unlessProtected(person) }];
    });
  },
  explain: ({ value }, threshold) =>
    `Nobody ever signed in since the account was made ${value} days ago; ${fromDays(threshold)}`,
};
