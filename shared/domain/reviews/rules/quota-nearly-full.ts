import type { ReviewRule } from '../review-rule.ts';
import { refOf } from './found-words.ts';

export const quotaNearlyFull: ReviewRule = {
  name: 'quota_nearly_full',
  title: 'Mailbox nearly full',
  description:
    'So much of the quota of an account is used, or more: soon no mail arrives any more. Also found of machines and of accounts without a person. Not found: people who have departed, and accounts that cannot hold mail.',
  threshold: { unit: 'percent', usual: 90, least: 1, most: 100 },
  usuallyOn: true,
  proposes: 'attest',
  allows: [],
  find({ person, accounts }, { threshold }) {
    if (person?.status === 'departed') return [];
    return accounts.flatMap((account) => {
      const { quotaBytes, usedBytes } = account;
      if (quotaBytes <= 0) return [];
      const value = Math.floor((usedBytes / quotaBytes) * 100);
      return value < threshold
        ? []
        : [{ value, account: refOf(account), evidence: { usedBytes, quotaBytes } }];
    });
  },
  explain: ({ value }, threshold) =>
    `${value} per cent of the quota are used; ${threshold ?? 0} or more are found.`,
};
