import type { ReviewRule } from '../review-rule.ts';
import type { RuleName } from '../rule-names.ts';
import { inactive } from './inactive.ts';

/** Every rule, in the order in which they are shown. */
export const REVIEW_RULES: readonly ReviewRule[] = [inactive];

export function ruleNamed(name: RuleName): ReviewRule {
  const rule = REVIEW_RULES.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`there is no rule ${name}`);
  return rule;
}
