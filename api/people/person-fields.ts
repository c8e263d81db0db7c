import { z } from 'zod';
import { ACCOUNT_ROLES, PERSON_STATUSES } from '../../shared/domain/person.ts';
import {
  addressField,
  countryField,
  domainField,
  idField,
  localeField,
  nameField,
  shortText,
  zoneField,
} from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';
import { credentialsField, passwordField } from './credentials/credentials-fields.ts';
import { onTakenField, targetsField } from '../naming/naming-fields.ts';

export const GIBIBYTE = 1024 ** 3;
const externalId = z
  .string()
  .regex(/^[\x21-\x7e]{1,80}$/u)
  .describe('The id in another system, e.g. the staff number. Nobody else has it.');

/** What a mailbox may hold. */
export const quotaField = z
  .number()
  .int()
  .min(1)
  .max(1024 * GIBIBYTE);

export const personCreation = z
  .strictObject({
    firstName: nameField,
    lastName: nameField,
    address: addressField.optional().describe('Absent: it is made of the names, as `GET /v1/naming` says.'),
    domain: domainField.optional().describe('Where it is made; absent: where the organisation says.'),
    onTaken: onTakenField.optional(),
    aliases: z.array(addressField).max(50).default([]),
    externalId: externalId.optional(),
    accountRole: z.enum(ACCOUNT_ROLES).default('user'),
    quotaBytes: quotaField.default(5 * GIBIBYTE),
    groups: z.array(shortText).max(100).default([]),
    managerId: idField.optional(),
    department: shortText.optional(),
    timeZone: zoneField.optional(),
    country: countryField.optional(),
    locale: localeField.optional(),
    privateContact: shortText.optional().describe('Where a leaver is reached, e.g. a private mail address.'),
    protected: z.boolean().default(false).describe('No procedure disables the account.'),
    targets: targetsField.describe('Where the person gets an account.'),
    credentials: credentialsField.optional(),
    password: passwordField
      .optional()
      .describe('The short form of `credentials: {"kind": "manual", "password": …}`.'),
  })
  .refine(({ address, domain }) => address === undefined || domain === undefined, {
    path: ['domain'],
    error: 'An address that is given has its domain.',
  })
  .refine(({ address, onTaken }) => address === undefined || onTaken !== 'next', {
    path: ['onTaken'],
    error: 'An address that is given is the only one: it is refused where it is taken.',
  })
  .refine(({ password, credentials }) => password === undefined || credentials === undefined, {
    path: ['password'],
    error: 'A password stands here or in `credentials`.',
  });
export type PersonCreation = z.output<typeof personCreation>;

/** `null` takes an optional field away. Role, aliases, quota and password have calls of their own. */
export const personChanges = z
  .strictObject({
    firstName: nameField.optional(),
    lastName: nameField.optional(),
    address: addressField.optional().describe('The new one; the old one stays as an alias.'),
    addressFollows: z
      .boolean()
      .optional()
      .describe(
        'Whether the names make a new address, as `GET /v1/naming` says, in the domain of the old one, which stays as an alias.',
      ),
    onTaken: onTakenField.optional(),
    externalId: externalId.nullable().optional(),
    managerId: idField.nullable().optional(),
    department: shortText.nullable().optional(),
    timeZone: zoneField.nullable().optional(),
    country: countryField.nullable().optional(),
    locale: localeField.nullable().optional(),
    privateContact: shortText.nullable().optional(),
    protected: z.boolean().optional(),
  })
  .refine(({ address, addressFollows }) => address === undefined || addressFollows !== true, {
    path: ['addressFollows'],
    error: 'An address that is given does not follow the names.',
  })
  .refine(({ addressFollows, onTaken }) => onTaken === undefined || addressFollows === true, {
    path: ['onTaken'],
    error: 'Only an address that follows the names has a next one.',
  });
export type WantedPersonChanges = z.output<typeof personChanges>;

export const rehireFields = z.strictObject({
  reason: shortText,
  targets: targetsField.describe('Where somebody who departed gets a new account.'),
});

const beginning = z
  .string()
  .trim()
  .min(2)
  .max(100)
  .optional()
  .describe('The beginning of a name, of an address or of an external id.');

/** Query of the list. */
export const peopleFilter = z.strictObject({
  ...pageFields,
  status: z.enum(PERSON_STATUSES).optional(),
  role: z.enum(ACCOUNT_ROLES).optional(),
  domain: domainField.optional(),
  department: shortText.optional(),
  managerId: idField.optional(),
  q: beginning,
  search: beginning.describe('The word for `q` in 0.1.0.'),
});
