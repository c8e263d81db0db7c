import { z } from 'zod';
import { instant } from '../../http/answer-fields.ts';
import { pageSchema } from '../../http/pages.ts';
import { madeAddressSchema } from '../../naming/naming-schema.ts';
import { EXAMPLE } from '../../openapi/example-ids.ts';
import { personExample, personSchema } from '../person-schema.ts';

export const updatedPersonSchema = personSchema
  .extend({
    naming: madeAddressSchema
      .optional()
      .describe('Where the address followed the names: why it is this one.'),
  })
  .meta({ id: 'UpdatedPerson' });

export const passwordSetSchema = personSchema
  .extend({ generatedPassword: z.string().optional().describe('Shown in this answer and nowhere else.') })
  .meta({ id: 'PersonWithPassword' });

const value = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.string())])
  .nullable()
  .optional()
  .describe('`null`: there was none. Absent: not stored.');

export const changesSchema = pageSchema(
  z.strictObject({
    at: instant,
    actorId: z.string(),
    actorName: z
      .string()
      .optional()
      .describe('As the keys of the actor are named; absent where they are gone.'),
    changed: z.array(z.strictObject({ field: z.string(), before: value, after: value })),
  }),
).meta({ id: 'PersonChanges', description: 'What was changed of a person, the newest first.' });

export const changesExample: z.output<typeof changesSchema> = {
  items: [
    {
      at: '2026-11-20T10:00:00.000Z',
      actorId: EXAMPLE.owner,
      actorName: 'HR',
      changed: [{ field: 'accountRole', before: 'user', after: 'administrator' }],
    },
    {
      at: '2026-11-18T08:30:00.000Z',
      actorId: EXAMPLE.owner,
      actorName: 'HR',
      changed: [{ field: 'aliases', before: [], after: ['l.leaver@example.com'] }],
    },
  ],
};

export const changedExample = { ...personExample, rev: 2 };
