import { z } from 'zod';
import { DECISION_KINDS } from '../../shared/domain/reviews/decision.ts';
import { describeRules } from '../../shared/domain/reviews/rules/describe-rules.ts';
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

export const rulesSchema = z.strictObject({ items: z.array(ruleSchema) });

export function everyRule(): z.output<typeof rulesSchema> {
  return { items: describeRules().map(({ allows, ...rule }) => ({ ...rule, allows: [...allows] })) };
}
