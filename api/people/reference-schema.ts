import { z } from 'zod';
import { pageSchema } from '../http/pages.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';

export const referencesSchema = pageSchema(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('report'), personId: z.string() }),
    z.strictObject({
      kind: z.enum(['successor', 'contact', 'redirect', 'recipient']),
      departureId: z.string(),
    }),
    z.strictObject({ kind: z.enum(['notification', 'fallback']), organisationId: z.string() }),
    z.strictObject({ kind: z.literal('reviewer'), definitionId: z.string() }),
  ]),
).meta({ id: 'References', description: 'Everything that points at a person.' });

export const referencesExample: z.output<typeof referencesSchema> = {
  items: [
    { kind: 'report', personId: EXAMPLE.lea },
    { kind: 'contact', departureId: EXAMPLE.departure },
  ],
};
