import { z } from 'zod';
import { ACCOUNT_ROLES, PERSON_STATUSES } from '../../shared/domain/person.ts';
import { accountRef, instant } from '../http/answer-fields.ts';
import { madeAddressSchema, namingWarningSchema } from '../naming/naming-schema.ts';
import { credentialsSchema, welcomeSchema } from './credentials/credentials-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';

export const legalHoldSchema = z
  .strictObject({ placedBy: z.string(), placedAt: instant, reason: z.string() })
  .meta({ id: 'LegalHold', description: 'While it is there, nothing of the person is deleted.' });

const fields = {
  id: z.string(),
  rev: z.int().describe('Counts up with every change.'),
  generation: z.int().describe('Counts up when somebody comes back.'),
  status: z.enum(PERSON_STATUSES),
  firstName: z.string(),
  lastName: z.string(),
  fullName: z.string(),
  externalId: z.string().optional(),
  address: z.string(),
  aliases: z.array(z.string()),
  domain: z.string(),
  accountRole: z.enum(ACCOUNT_ROLES),
  quotaBytes: z.int(),
  groups: z.array(z.string()),
  managerId: z.string().optional(),
  department: z.string().optional(),
  template: z.string().optional().describe('The template the person was given last.'),
  timeZone: z.string().optional(),
  country: z.string().optional(),
  locale: z.string().optional(),
  privateContact: z.string().optional(),
  endsOn: z.string().optional().describe('Local date. A departure begins by itself.'),
  protected: z.boolean(),
  legalHold: legalHoldSchema.optional(),
  accounts: z.array(accountRef),
  createdAt: instant,
};

export const personSchema = z.strictObject(fields).meta({ id: 'Person', description: 'A human we know.' });

export const createdPersonSchema = z
  .strictObject({
    ...fields,
    naming: madeAddressSchema.optional().describe('Where the address was made: why it is this one.'),
    warnings: z.array(namingWarningSchema).describe('Not refused, but perhaps not meant.'),
    credentials: credentialsSchema,
    generatedPassword: z.string().optional().describe('Shown in this answer and nowhere else.'),
    welcome: welcomeSchema.optional(),
  })
  .meta({ id: 'CreatedPerson' });

export const personExample: z.output<typeof personSchema> = {
  id: EXAMPLE.lea,
  rev: 0,
  generation: 1,
  status: 'active',
  firstName: 'Lea',
  lastName: 'Leaver',
  fullName: 'Lea Leaver',
  address: 'lea@example.com',
  aliases: [],
  domain: 'example.com',
  accountRole: 'user',
  quotaBytes: 5_368_709_120,
  groups: ['sales'],
  managerId: EXAMPLE.mona,
  protected: false,
  accounts: [{ target: 'directory', accountId: EXAMPLE.leaAccount }],
  createdAt: '2026-11-02T08:15:00.000Z',
};
