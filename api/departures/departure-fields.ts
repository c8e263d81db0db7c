import { z } from 'zod';
import { CASE_STATES } from '../../shared/domain/case-states.ts';
import {
  addressField,
  dateField,
  flagField,
  idField,
  languageField,
  longText,
  severalOf,
  shortText,
  timeField,
  zoneField,
} from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';
import { handoverFields } from './handover-fields.ts';

/** What an auto-reply says. */
export const replyTexts = {
  subject: shortText.optional(),
  text: longText.optional(),
  texts: z
    .record(languageField, z.strictObject({ subject: shortText, text: longText }))
    .refine((given) => Object.keys(given).length >= 1 && Object.keys(given).length <= 10, {
      error: 'One to ten languages.',
    })
    .optional()
    .describe('By language: `en`, `fr`, …, ten at most. The own language of the leaver comes first.'),
};

const autoReply = z
  .strictObject({
    enabled: z.boolean().optional(),
    ...replyTexts,
    internal: z.strictObject(replyTexts).optional().describe('For senders of the organisation.'),
    days: z
      .number()
      .int()
      .min(1)
      .max(3_650)
      .optional()
      .describe('Absent: as the preset of the country has it.'),
  })
  .describe('Texts may name `{{leaver}}`, `{{contact}}`, `{{contactAddress}}` and `{{lastDay}}`.');

export const redirectFields = z.strictObject({
  toPersonId: idField.optional().describe('This, or `toAddress`.'),
  toAddress: addressField.optional(),
  reason: shortText,
  keepCopy: z.boolean().default(true),
  days: z.number().int().min(1).max(3_650).optional(),
  outliveAccount: z.boolean().default(false).describe('The address goes on when the account is gone.'),
});

const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('purge') }),
  z.strictObject({ kind: z.literal('retain'), until: dateField }),
]);

/** Holds what is asked for to the plan that was shown. */
export const planTokenField = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .describe('From a simulation: refused when the plan would be another one by now.');

/** Body of `POST /v1/departures` and of its simulation. */
export const departureFields = z
  .strictObject({
    personId: idField.describe('Who leaves.'),
    lastDay: dateField.optional().describe('A local date, `YYYY-MM-DD`; only an urgent departure has none.'),
    leaveTime: timeField.optional().describe('A time of day, `HH:MM`; absent: the one of the organisation.'),
    timeZone: zoneField.optional().describe('The IANA name of a time zone; absent: the one of the person.'),
    urgent: z.boolean().default(false).describe('Locks at once.'),
    successorId: idField.optional(),
    contactPersonId: idField
      .optional()
      .describe('Whom the auto-reply names; absent: the successor, else the manager.'),
    autoReply: autoReply.optional(),
    redirect: redirectFields.optional(),
    outcome: outcome.optional().describe('Absent: `purge`.'),
    handover: handoverFields.optional(),
    leaverNotice: z
      .strictObject({
        daysBefore: z
          .number()
          .int()
          .min(1)
          .max(90)
          .optional()
          .describe('Before the last day; absent: as the procedure says.'),
      })
      .optional()
      .describe('Tells the leaver in time, who may take private mail out and confirm it.'),
    reason: shortText,
    note: longText.optional(),
    requestedBy: shortText.optional().describe('A note of whom it is for; never an identity.'),
    planToken: planTokenField,
  })
  .meta({ id: 'DepartureRequest' });
export type DepartureFields = z.output<typeof departureFields>;
export type RedirectFields = z.output<typeof redirectFields>;

/** What is asked of a departure; or of a deletion, which says what becomes of everything. */
export type LeavingFields = Omit<DepartureFields, 'redirect'> & {
  /** `false`: decided that there is none. */
  readonly redirect?: RedirectFields | false | undefined;
  readonly graceDays?: number | undefined;
};

/** Another last day, or `urgent`: now. */
export const rescheduleFields = z.strictObject({
  lastDay: dateField.optional(),
  leaveTime: timeField.optional(),
  timeZone: zoneField.optional(),
  urgent: z.boolean().default(false),
});

export const procedureFields = z.strictObject({
  version: shortText.describe('The procedure to move to, e.g. `departure@2`.'),
  dryRun: z.boolean().default(false).describe('Shows the difference and changes nothing.'),
});

export const reasonFields = z.strictObject({ reason: shortText });
export const optionalReasonFields = z.strictObject({ reason: shortText.optional() });
export const approvalFields = z.strictObject({
  typedName: z.string().min(1).max(300).describe('The full name of the person who leaves.'),
});
export const noFields = z.strictObject({});

/** Query of the list. */
export const departureFilter = z.strictObject({
  ...pageFields,
  state: severalOf(CASE_STATES)
    .optional()
    .describe('One or several: `state=running,grace`, or the field more than once.'),
  closed: flagField.optional().describe('Whether it is over.'),
  needsAttention: flagField.optional(),
  personId: idField.optional(),
  requestedBy: idField.optional().describe('The owner who asked.'),
  dueFrom: z.iso.datetime({ offset: true }).optional().describe('Something happens from this instant on.'),
  dueUntil: z.iso.datetime({ offset: true }).optional().describe('Something happens until this instant.'),
});
