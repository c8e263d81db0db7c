import { z } from 'zod';
import { instant } from '../http/answer-fields.ts';
import { personExample, personSchema } from './person-schema.ts';

const setupLinkMembers = {
  setupLink: z.string().optional().describe('Shown in this answer and nowhere else.'),
  expiresAt: instant,
};

export const setupLinkSchema = z.strictObject(setupLinkMembers).meta({ id: 'SetupLink' });

export const rehiredSchema = z
  .strictObject({
    endsAs: z.literal('rehired'),
    person: personSchema,
    aliasesLost: z.array(z.string()).describe('They belong to somebody else by now.'),
    ...setupLinkMembers,
  })
  .meta({ id: 'RehiredPerson' });

export const setupLinkExample: z.output<typeof setupLinkSchema> = {
  setupLink: 'https://gangway.example/setup/q1Zx…',
  expiresAt: '2027-06-04T09:00:00.000Z',
};

export const rehiredExample: z.output<typeof rehiredSchema> = {
  endsAs: 'rehired',
  person: { ...personExample, rev: 9, generation: 2, groups: [] },
  aliasesLost: [],
  ...setupLinkExample,
};
