import { z } from 'zod';
import { DIRECTORY_PROTOCOLS } from '../../directory/account.ts';
import { addressField, shortText, targetField } from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';

/** The first directory is meant without one. */
export const onTarget = { target: targetField.optional() };

export const credentials = z.strictObject({
  ...onTarget,
  address: addressField,
  secret: z
    .string()
    .min(1)
    .max(400)
    .describe('A password, or an app password or the token of a grant where the protocol takes one.'),
  protocol: z.enum(DIRECTORY_PROTOCOLS).default('web'),
});

export const delivery = z.strictObject({
  ...onTarget,
  from: addressField,
  to: addressField,
  subject: shortText,
  text: z.string().max(500_000),
});

export const appPassword = z.strictObject({ ...onTarget, label: shortText });

/** Query of what is read. */
export const whichTarget = z.strictObject(onTarget);

/** Query of a mailbox, or of another list on a target. */
export const mailboxQuery = z.strictObject({ ...onTarget, ...pageFields });
