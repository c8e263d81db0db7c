import type { ReviewRule } from '../review-rule.ts';
import { DAYS, fromDays } from './found-words.ts';
import { unusedAccounts } from './unused-accounts.ts';

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
  find: (subject, facts) =>
    unusedAccounts(subject, facts, ({ lastLoginAtMs }) =>
      lastLoginAtMs === undefined ? undefined : { sinceMs: lastLoginAtMs, evidence: { lastLoginAtMs } },
    ),
  explain: ({ value }, threshold) => `Nobody signed in for ${value} days; ${fromDays(threshold)}`,
};
