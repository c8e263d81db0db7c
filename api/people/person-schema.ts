import { z } from 'zod';
import { CASE_KINDS, CASE_STATES } from '../../shared/domain/case-states.ts';
import { PERSON_REFUSALS } from '../../shared/domain/people/action-subject.ts';
import { PERSON_ACTION_NAMES, type PersonAction } from '../../shared/domain/people/person-actions.ts';
import { ACCOUNT_ROLES, PERSON_STATUSES } from '../../shared/domain/person.ts';
import { accountRef, instant } from '../http/answer-fields.ts';
import { problemKindOf } from '../http/problem.ts';
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

const actionSchema = z
  .strictObject({
    available: z.boolean(),
    code: z.enum(PERSON_REFUSALS).optional().describe('With which problem the operation would be refused.'),
    scope: z.string().optional().describe('The one that the key lacks.'),
    reason: z.string().optional().describe('The sentence of the code.'),
  })
  .meta({ id: 'PersonAction', description: 'Whether an operation is open to the caller now.' });

export const listedPersonSchema = z
  .strictObject({
    ...fields,
    openCase: z
      .strictObject({ id: z.string(), kind: z.enum(CASE_KINDS), state: z.enum(CASE_STATES) })
      .optional()
      .describe('The case under way. Shown to whoever may read it.'),
    actions: z
      .strictObject(
        Object.fromEntries(PERSON_ACTION_NAMES.map((name) => [name, actionSchema])) as Record<
          PersonAction,
          typeof actionSchema
        >,
      )
      .describe(
        'By the name of the operation: what this caller may do now, and why not. `changeAddress` is a way of `updatePerson`; `promote` and `demote` are those of `setRole`, `disableSuspicious` is one of `disablePerson`, and `simulateSuspicious` of `simulateLeave`.',
      ),
  })
  .meta({ id: 'ListedPerson', description: 'A human we know, and what the caller may do.' });

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

const available = { available: true };
const refused = <Code extends (typeof PERSON_REFUSALS)[number]>(code: Code) => ({
  ...{ available: false, code, reason: problemKindOf(code).sentence },
});

export const listedPersonExample: z.output<typeof listedPersonSchema> = {
  ...personExample,
  actions: {
    updatePerson: available,
    changeAddress: available,
    setPersonPassword: available,
    giveSetupLink: available,
    requestWelcome: available,
    promote: available,
    demote: refused('ROLE_HELD'),
    addAlias: available,
    removeAlias: refused('ALIAS_NOT_FOUND'),
    setQuota: available,
    createApiKey: { ...refused('SCOPE_MISSING'), scope: 'organisation:write' },
    simulateLeave: available,
    simulateSuspicious: available,
    requestLeave: available,
    disablePerson: available,
    disableSuspicious: available,
    enablePerson: refused('NOT_DISABLED'),
    simulateRoleChange: available,
    requestRoleChange: available,
    simulateDeletion: available,
    requestDeletion: available,
    simulateDeparture: available,
    requestDeparture: available,
    rehirePerson: refused('NOTHING_TO_COME_BACK_FROM'),
    placePersonHold: available,
    liftPersonHold: available,
  },
};
