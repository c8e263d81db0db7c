import type { ReviewRule } from '../review-rule.ts';
import { daysBetween } from './days-between.ts';

/** People on leave are exempt, and machines. */
export const inactive: ReviewRule = {
  name: 'inactive',
  title: 'Account inactive',
  description:
    'The account is open, somebody signed in to it once by any protocol, and nobody has for so many days. Not found: accounts of people who are on leave, join or leave.',
  threshold: { unit: 'days', usual: 90, least: 1, most: 3650 },
  usuallyOn: true,
  proposes: 'disable',
  allows: ['disable', 'start_departure'],
  answeredBySignIn: true,
  find({ person, accounts }, { nowMs, threshold }) {
    if (person?.status !== 'active') return [];
    return accounts.flatMap(({ target, accountId, status, lastLoginAtMs }) => {
      if (status !== 'active' || lastLoginAtMs === undefined) return [];
      const days = daysBetween(lastLoginAtMs, nowMs);
      if (days < threshold) return [];
      return [{ value: days, account: { target, accountId }, evidence: { lastLoginAtMs } }];
    });
  },
  explain: ({ value }, threshold) =>
    `Nobody signed in for ${value} days; ${threshold ?? 0} days or more are found.`,
};
