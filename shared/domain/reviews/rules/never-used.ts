import type { ReviewRule } from '../review-rule.ts';
import { DAYS, fromDays } from './found-words.ts';
import { unusedAccounts } from './unused-accounts.ts';

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
  find: (subject, facts) =>
    unusedAccounts(subject, facts, ({ lastLoginAtMs, ...account }, person) => {
      const createdAtMs = account.createdAtMs ?? person.createdAtMs;
      return lastLoginAtMs === undefined ? { sinceMs: createdAtMs, evidence: { createdAtMs } } : undefined;
    }),
  explain: ({ value }, threshold) =>
    `Nobody ever signed in since the account was made ${value} days ago; ${fromDays(threshold)}`,
};
