import { z } from 'zod';
import { flagField, idField, nameField } from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';

/** Body of `POST /v1/api-keys`. */
export const keyCreation = z.strictObject({
  ownerName: nameField,
  ownerId: idField.optional().describe('Absent: a new owner. Two keys of one owner are one person.'),
  personId: idField
    .optional()
    .describe('Who of the organisation the owner is: the departure of that person revokes the keys.'),
  scopes: z.array(z.string().max(60)).min(1).max(20),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});

/** Query of the list. */
export const keyFilter = z.strictObject({
  ...pageFields,
  ownerId: idField.optional(),
  personId: idField.optional(),
  active: flagField.optional().describe('Neither revoked nor expired.'),
});
