import { z } from 'zod';
import { dateField, idField, longText, shortText, timeField, zoneField } from '../http/fields.ts';

const autoReply = z.strictObject({
  enabled: z.boolean().optional(),
  subject: shortText.optional(),
  text: longText.optional(),
  days: z.number().int().min(1).max(3_650).optional(),
});

/** Body of `POST /v1/departures` and of its simulation. */
export const departureFields = z.strictObject({
  personId: idField,
  lastDay: dateField.optional(),
  leaveTime: timeField.optional(),
  timeZone: zoneField.optional(),
  urgent: z.boolean().default(false),
  successorId: idField.optional(),
  contactPersonId: idField.optional(),
  autoReply: autoReply.optional(),
  reason: shortText,
  note: longText.optional(),
  requestedBy: shortText.optional(),
});
export type DepartureFields = z.output<typeof departureFields>;

export const rescheduleFields = z.strictObject({
  lastDay: dateField,
  leaveTime: timeField.optional(),
  timeZone: zoneField.optional(),
});

export const reasonFields = z.strictObject({ reason: shortText });
export const optionalReasonFields = z.strictObject({ reason: shortText.optional() });
export const approvalFields = z.strictObject({ typedName: z.string().min(1).max(300) });
export const noFields = z.strictObject({});
