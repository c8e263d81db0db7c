import type { CollisionRule } from './naming-rule.ts';

/** Which rule gave an address. */
export const GIVEN_BY = {
  convention: 'The convention gives it.',
  collision_rule: 'What the convention gives could not be had: the rule for that gave this one.',
  other_form: 'What the convention gives is reserved: this is another form of the names.',
  number: 'Nothing before it could be had: the lowest number that is free stands behind the names.',
  earlier_attempt: 'An earlier attempt of this request had taken it.',
} as const;
export type GivenBy = keyof typeof GIVEN_BY;

/** Why an address was passed over. */
export const PASSED_OVER = {
  RESERVED: 'It is reserved: it means a duty, no person.',
  TAKEN: 'It belongs to somebody, as address or as alias.',
  QUARANTINED: 'It belonged to somebody who left, and is not given away yet.',
  SERVED: 'A target receives mail for it already.',
  NAME_MISSING: 'The names do not have what this rule needs.',
  SAME_AGAIN: 'It was looked at already.',
} as const;
export type PassedOverCode = keyof typeof PASSED_OVER;

/** What comes after the rule is the same for all. */
export const COLLISION_RULE_SAYS: Readonly<Record<CollisionRule, string>> = {
  'f.lastname':
    'The first letter of the first name, a dot, the last name; where that cannot be had either, a number behind the address of the convention.',
  number: 'A number behind the address of the convention: the lowest from 2 that is free.',
  middle_initial:
    'The first letter of the second first name after the first one; where there is none, or that cannot be had either, a number behind the address of the convention.',
};
