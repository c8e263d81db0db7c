import { expect, test } from '@jest/globals';
import { madeAtMs } from '../../../shared/platform/new-id.ts';
import { findingIdOf, findingKey, reviewIdOf } from '../../../shared/platform/reviews/review-ids.ts';

const AT_MS = Date.UTC(2027, 0, 1, 8);
const about = {
  rule: 'alias_unused',
  personId: 'per_1',
  account: { target: 'directory', accountId: 'acc_1' },
} as const;

test('gives a review the same id for the same run, in the form and the order of every other id', () => {
  const id = reviewIdOf('run-1', AT_MS);
  expect(id).toMatch(/^rvw_[0-9A-HJKMNP-TV-Z]{26}$/u);
  expect(reviewIdOf('run-1', AT_MS)).toBe(id);
  expect(reviewIdOf('run-2', AT_MS)).not.toBe(id);
  expect(madeAtMs(id)).toBe(AT_MS);
  expect(reviewIdOf('run-1', AT_MS + 1) > id).toBe(true);
});

test('tells apart whatever is about something else, and nothing that is about the same', () => {
  const keys = [
    findingKey('org_1', { ...about, about: 'old@example.com' }),
    findingKey('org_1', { ...about, about: 'other@example.com' }),
    findingKey('org_2', { ...about, about: 'old@example.com' }),
    findingKey('org_1', { ...about, rule: 'alias_of_no_name', about: 'old@example.com' }),
    findingKey('org_1', { ...about, personId: 'per_2', about: 'old@example.com' }),
    findingKey('org_1', {
      ...about,
      account: { target: 'branch', accountId: 'acc_1' },
      about: 'old@example.com',
    }),
    findingKey('org_1', about),
    findingKey('org_1', { rule: 'alias_unused', personId: 'per_1' }),
    findingKey('org_1', { rule: 'alias_unused', account: about.account }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(findingKey('org_1', { ...about, about: 'old@example.com' })).toBe(keys[0]);
});

test('shows nothing of what a finding is about', () => {
  const key = findingKey('org_1', { ...about, about: 'old@example.com' });
  expect(key).toMatch(/^[0-9A-HJKMNP-TV-Z]{32}$/u);
  expect(findingIdOf('rvw_1', key)).toMatch(/^fnd_[0-9A-HJKMNP-TV-Z]{26}$/u);
  expect(findingIdOf('rvw_1', key)).not.toBe(findingIdOf('rvw_2', key));
});
