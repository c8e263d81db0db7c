import { z } from 'zod';
import type { ReviewRule } from '../../shared/domain/reviews/review-rule.ts';
import { REVIEW_RULES } from '../../shared/domain/reviews/rules/all-rules.ts';
import { shortText } from '../http/fields.ts';

const PLACES = ['departments', 'templates'] as const;

const settingField = z.strictObject({
  on: z.boolean().default(true),
  threshold: z.int().optional().describe('Days or per cent, as the rule says; absent: the usual one.'),
  departments: z.array(shortText).max(100).optional(),
  templates: z.array(shortText).max(100).optional(),
});

type Setting = z.output<typeof settingField>;

/** Each by the limits of its own rule. One that is not named is as the rule itself says. */
export const rulesField = z
  .strictObject(Object.fromEntries(REVIEW_RULES.map(({ name }) => [name, settingField.optional()])))
  .superRefine((rules, context) => {
    for (const rule of REVIEW_RULES) {
      const setting = rules[rule.name];
      for (const { member, message } of setting === undefined ? [] : faultsOf(rule, setting))
        context.addIssue({ code: 'custom', path: [rule.name, member], message });
    }
  })
  .describe('What is looked for, by the names of the rules: `GET /v1/reviews/rules`.');

interface Fault {
  readonly member: keyof Setting;
  readonly message: string;
}

function faultsOf({ threshold, takesPlaces }: ReviewRule, setting: Setting): readonly Fault[] {
  const given = setting.threshold;
  const places = PLACES.filter((member) => takesPlaces !== true && setting[member] !== undefined);
  const isOutside =
    given !== undefined && threshold !== undefined && (given < threshold.least || given > threshold.most);
  return [
    ...(given !== undefined && threshold === undefined
      ? [{ member: 'threshold', message: 'This rule compares with nothing: it takes no threshold.' } as const]
      : []),
    ...(isOutside
      ? [
          {
            member: 'threshold',
            message: `From ${threshold.least} to ${threshold.most} ${UNITS[threshold.unit]}.`,
          } as const,
        ]
      : []),
    ...places.map((member) => ({ member, message: `This rule takes no ${member}.` })),
  ];
}

const UNITS = { days: 'days', percent: 'per cent' } as const;
