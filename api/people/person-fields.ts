import { z } from 'zod';
import { ACCOUNT_ROLES, FIRST_TARGET } from '../../shared/domain/person.ts';
import {
  addressField,
  countryField,
  idField,
  localeField,
  nameField,
  shortText,
  targetField,
  zoneField,
} from '../http/fields.ts';

const GIBIBYTE = 1024 ** 3;
const externalId = z.string().regex(/^[\x21-\x7e]{1,80}$/u);

export const personCreation = z.strictObject({
  firstName: nameField,
  lastName: nameField,
  address: addressField,
  aliases: z.array(addressField).max(50).default([]),
  externalId: externalId.optional(),
  accountRole: z.enum(ACCOUNT_ROLES).default('user'),
  quotaBytes: z
    .number()
    .int()
    .min(1)
    .max(1024 * GIBIBYTE)
    .default(5 * GIBIBYTE),
  groups: z.array(shortText).max(100).default([]),
  managerId: idField.optional(),
  department: shortText.optional(),
  timeZone: zoneField.optional(),
  country: countryField.optional(),
  locale: localeField.optional(),
  privateContact: shortText.optional(),
  protected: z.boolean().default(false),
  /** Where the person gets an account; the first directory unless said otherwise. */
  targets: z.array(targetField).min(1).max(21).default([FIRST_TARGET]),
  /** Absent: one is made and shown once. */
  password: z.string().max(400).optional(),
});
export type PersonCreation = z.output<typeof personCreation>;

/** `null` takes an optional field away. What concerns the account itself is changed by procedures. */
export const personChanges = z.strictObject({
  firstName: nameField.optional(),
  lastName: nameField.optional(),
  externalId: externalId.nullable().optional(),
  managerId: idField.nullable().optional(),
  department: shortText.nullable().optional(),
  timeZone: zoneField.nullable().optional(),
  country: countryField.nullable().optional(),
  locale: localeField.nullable().optional(),
  privateContact: shortText.nullable().optional(),
  protected: z.boolean().optional(),
});
export type WantedPersonChanges = z.output<typeof personChanges>;

export const rehireFields = z.strictObject({
  reason: shortText,
  /** Where somebody who departed gets a new account. */
  targets: z.array(targetField).min(1).max(21).default([FIRST_TARGET]),
});
