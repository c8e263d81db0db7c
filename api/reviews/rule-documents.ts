import { z } from 'zod';
import { allowedKinds } from '../../shared/domain/reviews/decide.ts';
import { DECISION_KINDS } from '../../shared/domain/reviews/decision.ts';
import type { ReviewRule } from '../../shared/domain/reviews/review-rule.ts';
import { REVIEW_RULES } from '../../shared/domain/reviews/rules/all-rules.ts';
import { RULE_NAMES } from '../../shared/domain/reviews/rule-names.ts';

const kind = z.enum(DECISION_KINDS);

const ruleSchema = z
  .strictObject({
    name: z.enum(RULE_NAMES),
    title: z.string(),
    description: z.string().describe('What is found and what is not.'),
    threshold: z
      .strictObject({
        unit: z.enum(['days', 'percent']),
        ...{ usual: z.int(), least: z.int(), most: z.int() },
      })
      .optional()
      .describe('A value on the threshold is found. Absent: there is nothing to compare with.'),
    takesPlaces: z.boolean().describe('Whether a definition may name `departments` and `templates`.'),
    usuallyOn: z.boolean().describe('Whether it is looked for where a definition does not say.'),
    proposes: kind,
    allows: z.array(kind).describe('What can be decided.'),
    answeredBySignIn: z.boolean().describe('Whether a sign-in afterwards withdraws a decision to disable.'),
  })
  .meta({ id: 'ReviewRule', description: 'One thing a review looks for.' });

/** The document of a rule, made of what it judges by. */
function ruleDocument(rule: ReviewRule): z.output<typeof ruleSchema> {
  const { name, title, description, threshold, usuallyOn, proposes, takesPlaces, answeredBySignIn } = rule;
  return {
    ...{ name, title, description, usuallyOn, proposes, allows: [...allowedKinds(rule)] },
    ...(threshold === undefined ? {} : { threshold }),
    takesPlaces: takesPlaces ?? false,
    answeredBySignIn: answeredBySignIn ?? false,
  };
}

export const rulesSchema = z.strictObject({ items: z.array(ruleSchema) });

export function everyRule(): z.output<typeof rulesSchema> {
  return { items: REVIEW_RULES.map(ruleDocument) };
}
