import { z } from 'zod';
import { dateField, folderField, idField, shortText } from '../http/fields.ts';

export const mailFields = z.strictObject({
  folders: z.array(folderField).min(1).max(100).optional(),
  since: dateField.optional(),
  until: dateField.optional(),
});

/** `handover` of a departure. What is not named is handed over where the leaver has some; mail and access only when asked for. */
export const handoverFields = z.strictObject({
  recipientId: idField.optional().describe('Absent: the successor, else the manager, else the fallback.'),
  mail: z
    .union([mailFields, z.literal(false)])
    .optional()
    .describe('Copied only when asked for.'),
  files: z.boolean().optional(),
  calendars: z.enum(['handOver', 'close']).optional(),
  meetings: z.enum(['handOver', 'cancel']).optional(),
  contacts: z.boolean().optional(),
  day: z
    .number()
    .int()
    .min(0)
    .max(90)
    .optional()
    .describe('Days after the leave day; absent: as the procedure says.'),
  access: z
    .strictObject({ personId: idField, days: z.number().int().min(1).max(90), reason: shortText })
    .optional()
    .describe('The manager or the successor may read the mailbox for some days.'),
});
export type HandoverFields = z.output<typeof handoverFields>;

export const recipientFields = z.strictObject({ personId: idField });
export const proofFields = z.strictObject({
  proof: z.string().trim().min(1).max(2_000).describe('How it can be seen that it is done.'),
});
