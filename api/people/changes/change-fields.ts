import { z } from 'zod';
import { ACCOUNT_ROLES } from '../../../shared/domain/person.ts';
import { addressField, flagField } from '../../http/fields.ts';
import { quotaField } from '../person-fields.ts';

export const roleFields = z.strictObject({
  role: z.enum(ACCOUNT_ROLES),
  confirm: z
    .boolean()
    .default(false)
    .describe('Needed where somebody becomes an administrator, who has access to manage all users.'),
});

export const quotaFields = z.strictObject({ quotaBytes: quotaField });

export const passwordFields = z.strictObject({
  password: z.string().max(400).optional().describe('Absent: one is made and shown once.'),
});

export const aliasFields = z.strictObject({ alias: addressField });

/** Query of the removal of an alias. */
export const aliasRemoval = z.strictObject({
  free: flagField
    .optional()
    .describe(
      'Whether somebody else may have the address at once. Otherwise it rests as long as that of somebody who left.',
    ),
});
