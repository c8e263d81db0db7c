import { z } from 'zod';
import { CONVENTIONS } from '../../shared/domain/naming/naming-rule.ts';
import { ACCOUNT_ROLES } from '../../shared/domain/person.ts';
import { shortText } from '../http/fields.ts';
import { GIBIBYTE } from '../people/person-fields.ts';

const TEMPLATE_NAME = /^[a-z][a-z0-9-]{0,39}$/u;

export function isTemplateName(name: string): boolean {
  return TEMPLATE_NAME.test(name);
}

const names = z
  .array(shortText)
  .max(100)
  .default([])
  .transform((given) => [...new Set(given)]);

/** Body of `PUT /v1/templates/{name}`. */
export const templateFields = z.strictObject({
  groups: names,
  lists: names.describe('Mailing lists.'),
  aliasConventions: z
    .array(z.enum(CONVENTIONS))
    .max(CONVENTIONS.length)
    .default([])
    .describe('Further addresses, made of the names by these conventions.'),
  quotaBytes: z
    .number()
    .int()
    .min(1)
    .max(1024 * GIBIBYTE)
    .optional(),
  accountRole: z.enum(ACCOUNT_ROLES).optional(),
  department: shortText.optional(),
});
