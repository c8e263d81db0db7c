import { z } from 'zod';
import { flagField } from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';

/** Query of the list. */
export const archiveFilter = z.strictObject({
  ...pageFields,
  destroyed: flagField.optional(),
  expiresUntil: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Its retention ends at this instant or before.'),
});
