import { z } from 'zod';
import { ACCOUNT_ROLES } from '../../shared/domain/person.ts';
import {
  addressField,
  countryField,
  dateField,
  domainField,
  idField,
  localeField,
  nameField,
  shortText,
  zoneField,
} from '../http/fields.ts';
import { credentialsField, passwordField } from './credentials/credentials-fields.ts';
import { onTakenField, targetsField, type OnTaken } from '../naming/naming-fields.ts';

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

const endsOn = dateField.describe(
  'The last day of somebody who is here for a time: the departure begins by itself, as many days before as its procedure gives notice.',
);

/** What is said of somebody new, however the account is made. */
export const newcomerFields = {
  firstName: nameField,
  lastName: nameField,
  address: addressField.optional().describe('Absent: it is made of the names, as `GET /v1/naming` says.'),
  domain: domainField.optional().describe('Where it is made; absent: where the organisation says.'),
  onTaken: onTakenField.optional(),
  aliases: z.array(addressField).max(50).default([]),
  externalId: externalId.optional(),
  managerId: idField.optional(),
  department: shortText.optional(),
  timeZone: zoneField.optional(),
  country: countryField.optional(),
  locale: localeField.optional(),
  privateContact: shortText
    .optional()
    .describe('Where somebody without the account is reached, e.g. a private mail address.'),
  targets: targetsField.describe('Where the person gets an account.'),
  endsOn: endsOn.optional(),
};

/** What the account itself is like. */
export const accountFields = {
  accountRole: z.enum(ACCOUNT_ROLES),
  quotaBytes: quotaField,
  groups: z.array(shortText).max(100),
};
/** Where nobody says so. */
export const USUAL_ACCOUNT = { accountRole: 'user', quotaBytes: 5 * GIBIBYTE, groups: [] } as const;

interface Addressed {
  readonly address?: string | undefined;
  readonly domain?: string | undefined;
  readonly onTaken?: OnTaken | undefined;
}

/** An address is given, or made: what is said of the making is of no use to one that is given. */
export function withOneAddress<Schema extends z.ZodType<Addressed>>(schema: Schema): Schema {
  return schema
    .refine(({ address, domain }) => address === undefined || domain === undefined, {
      path: ['domain'],
      error: 'An address that is given has its domain.',
    })
    .refine(({ address, onTaken }) => address === undefined || onTaken !== 'next', {
      path: ['onTaken'],
      error: 'An address that is given is the only one: it is refused where it is taken.',
    });
}

export const personCreation = withOneAddress(
  z.strictObject({
    ...newcomerFields,
    accountRole: accountFields.accountRole.default(USUAL_ACCOUNT.accountRole),
    quotaBytes: accountFields.quotaBytes.default(USUAL_ACCOUNT.quotaBytes),
    groups: accountFields.groups.default([]),
    protected: z.boolean().default(false).describe('No procedure disables the account.'),
    credentials: credentialsField.optional(),
    password: passwordField
      .optional()
      .describe('The short form of `credentials: {"kind": "manual", "password": …}`.'),
  }),
).refine(({ password, credentials }) => password === undefined || credentials === undefined, {
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
    endsOn: endsOn.nullable().optional(),
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
