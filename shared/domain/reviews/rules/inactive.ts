import type { ReviewRule } from '../review-rule.ts';
import { daysBetween } from './days-between.ts';
import { DAYS, fromDays, refOf } from './found-words.ts';
import { presentPerson, unlessProtected } from './whereabouts.ts';

export const inactive: ReviewRule = {
  name: 'inactive',
  title: 'Account inactive',
  description:
    'The account is open, somebody signed in to it once by any protocol, and nobody has for so many days. Not found: accounts of machines, and of people who are on leave, join or leave. Of protected people, whom nothing disables, it proposes to attest.',
  threshold: { ...DAYS, usual: 90 },
  usuallyOn: true,
  proposes: 'disable',
  allows: ['disable', 'start_departure'],
  answeredBySignIn: true,
  find(subject, { nowMs, threshold }) {
    const person = presentPerson(subject);
    if (person === undefined) return [];
    return subject.accounts.flatMap((account) => {
      const { status, service, lastLoginAtMs } = account;
      if (service || status !== 'active' || lastLoginAtMs === undefined) return [];
      const value = daysBetween(lastLoginAtMs, nowMs);
      if (value < threshold) return [];
      return [{ value, account: refOf(account), evidence: { lastLoginAtMs }, ...unlessProtected(person) }];
    });
  },
  explain: ({ value }, threshold) => `Nobody signed in for ${value} days; ${fromDays(threshold)}`,
};
