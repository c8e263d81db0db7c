import type { ReviewRule } from '../review-rule.ts';
import { daysBetween } from './days-between.ts';
import { DAYS, fromDays } from './found-words.ts';

export const legalHoldOld: ReviewRule = {
  name: 'legal_hold_old',
  title: 'Legal hold for long',
  description:
    'A legal hold was placed on somebody so many days ago or earlier and is still there. Also found of people who have departed.',
  threshold: { ...DAYS, usual: 365 },
  usuallyOn: true,
  proposes: 'attest',
  allows: [],
  find({ person }, { nowMs, threshold }) {
    if (person?.legalHold === undefined) return [];
    const { placedAtMs, placedBy } = person.legalHold;
    const value = daysBetween(placedAtMs, nowMs);
    return value < threshold ? [] : [{ value, evidence: { placedAtMs, placedBy } }];
  },
  explain: ({ value }, threshold) =>
    `A legal hold has been in place for ${value} days; ${fromDays(threshold)}`,
};
