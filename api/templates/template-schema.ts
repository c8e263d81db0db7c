import { z } from 'zod';
import { CONVENTIONS } from '../../shared/domain/naming/naming-rule.ts';
import { ACCOUNT_ROLES } from '../../shared/domain/person.ts';

export const templateSchema = z
  .strictObject({
    name: z.string(),
    rev: z.int().describe('Counts up with every change.'),
    groups: z.array(z.string()),
    lists: z.array(z.string()),
    aliasConventions: z.array(z.enum(CONVENTIONS)),
    quotaBytes: z.int().optional(),
    accountRole: z.enum(ACCOUNT_ROLES).optional(),
    department: z.string().optional(),
  })
  .meta({ id: 'AccountTemplate', description: 'What everybody in one role of the organisation gets.' });

export const templateExample: z.output<typeof templateSchema> = {
  name: 'sales',
  rev: 0,
  groups: ['sales', 'crm'],
  lists: ['sales@example.com'],
  aliasConventions: ['f.last'],
  quotaBytes: 10 * 1024 ** 3,
  department: 'Sales',
};
