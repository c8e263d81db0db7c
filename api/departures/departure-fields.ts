import { z } from 'zod';
import {
  addressField,
  dateField,
  idField,
  longText,
  shortText,
  timeField,
  zoneField,
} from '../http/fields.ts';
import { handoverFields } from './handover-fields.ts';

const texts = {
  subject: shortText.optional(),
  text: longText.optional(),
  texts: z
    .record(z.string().regex(/^[a-z]{2,3}$/u), z.strictObject({ subject: shortText, text: longText }))
    .refine((given) => Object.keys(given).length >= 1 && Object.keys(given).length <= 10, {
      error: 'One to ten languages.',
    })
    .optional(),
};

const autoReply = z.strictObject({
  enabled: z.boolean().optional(),
  ...texts,
  internal: z.strictObject(texts).optional(),
  days: z.number().int().min(1).max(3_650).optional(),
});

const redirect = z.strictObject({
  toPersonId: idField.optional(),
  toAddress: addressField.optional(),
  reason: shortText,
  keepCopy: z.boolean().default(true),
  days: z.number().int().min(1).max(3_650).optional(),
  outliveAccount: z.boolean().default(false),
});

const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('purge') }),
  z.strictObject({ kind: z.literal('retain'), until: dateField }),
]);

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
  redirect: redirect.optional(),
  outcome: outcome.optional(),
  handover: handoverFields.optional(),
  leaverNotice: z.strictObject({ daysBefore: z.number().int().min(1).max(90).optional() }).optional(),
  reason: shortText,
  note: longText.optional(),
  requestedBy: shortText.optional(),
  /** From a simulation: refused when the plan would be another one by now. */
  planToken: z.string().min(1).max(100).optional(),
});
export type DepartureFields = z.output<typeof departureFields>;

/** Another last day, or `urgent`: now. */
export const rescheduleFields = z.strictObject({
  lastDay: dateField.optional(),
  leaveTime: timeField.optional(),
  timeZone: zoneField.optional(),
  urgent: z.boolean().default(false),
});

export const procedureFields = z.strictObject({
  version: shortText,
  /** Shows the difference and changes nothing. */
  dryRun: z.boolean().default(false),
});

export const reasonFields = z.strictObject({ reason: shortText });
export const optionalReasonFields = z.strictObject({ reason: shortText.optional() });
export const approvalFields = z.strictObject({ typedName: z.string().min(1).max(300) });
export const noFields = z.strictObject({});
