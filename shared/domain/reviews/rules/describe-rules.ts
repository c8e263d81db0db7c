import { allowedKinds } from '../decide.ts';
import type { DecisionKind } from '../decision.ts';
import type { ReviewRule } from '../review-rule.ts';
import type { RuleName } from '../rule-names.ts';
import { REVIEW_RULES } from './all-rules.ts';

/** A rule as people read it. Plain JSON. */
export interface RuleDescription {
  readonly name: RuleName;
  readonly title: string;
  readonly description: string;
  readonly threshold?: NonNullable<ReviewRule['threshold']>;
  readonly takesPlaces: boolean;
  readonly usuallyOn: boolean;
  readonly proposes: DecisionKind;
  /** Everything that can be decided. */
  readonly allows: readonly DecisionKind[];
  readonly answeredBySignIn: boolean;
}

/** What there is to be known of the rules: the API and the document of the rules say the same. */
export function describeRules(): readonly RuleDescription[] {
  return REVIEW_RULES.map(({ name, title, description, threshold, ...rule }) => ({
    ...{ name, title, description },
    ...(threshold === undefined ? {} : { threshold }),
    takesPlaces: rule.takesPlaces === true,
    usuallyOn: rule.usuallyOn,
    proposes: rule.proposes,
    allows: allowedKinds(rule),
    answeredBySignIn: rule.answeredBySignIn === true,
  }));
}
