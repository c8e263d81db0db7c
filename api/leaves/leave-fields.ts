import { z } from 'zod';
import { LEAVE_REASONS } from '../../shared/domain/leave.ts';
import { replyTexts } from '../departures/departure-fields.ts';
import { dateField, idField, longText, shortText, timeField, zoneField } from '../http/fields.ts';

const autoReply = z
  .strictObject({
    enabled: z.boolean().optional(),
    ...replyTexts,
    internal: z.strictObject(replyTexts).optional().describe('For senders of the organisation.'),
  })
  .describe(
    'From the beginning to the return. Texts may name `{{leaver}}`, `{{contact}}`, `{{contactAddress}}` and, where there is a day of return, `{{returnDay}}`.',
  );

const when = {
  returnDay: dateField
    .optional()
    .describe('The first day back, when the account opens by itself; absent: somebody ends the leave.'),
  time: timeField.optional().describe('Of both days, `HH:MM`; absent: as the procedure says.'),
  timeZone: zoneField.optional().describe('The IANA name of a time zone; absent: the one of the person.'),
};

const besides = {
  contactPersonId: idField.optional().describe('Whom the auto-reply names; absent: the manager.'),
  autoReply: autoReply
    .optional()
    .describe('Absent: the usual one for a leave, none for a suspicious account.'),
  note: longText.optional(),
};

/** Body of `POST /v1/leaves` and of its simulation. */
export const leaveFields = z
  .strictObject({
    personId: idField.describe('Who is away.'),
    reason: z
      .enum(LEAVE_REASONS)
      .describe(
        '`suspicious`: at once, everything that signs in is revoked, and the account opens again only after somebody looked into it.',
      ),
    firstDay: dateField.optional().describe('The first day away; absent: at once.'),
    ...when,
    ...besides,
  })
  .meta({ id: 'LeaveRequest' });
export type LeaveFields = z.output<typeof leaveFields>;

/** Body of `POST /v1/people/{id}/disable`. */
export const disableFields = z
  .strictObject({
    reason: z
      .enum([...LEAVE_REASONS, 'departure'])
      .describe('`departure` is refused, and a departure offered in its place.'),
    ...when,
    ...besides,
  })
  .meta({ id: 'DisableRequest' });

export const endLeaveFields = z.strictObject({ reason: shortText.optional() });

/** What is absent stays as it is. */
export const moveLeaveFields = z
  .strictObject({
    firstDay: dateField.optional().describe('Only of a leave that has not begun.'),
    returnDay: dateField.nullable().optional().describe('`null`: until somebody ends it.'),
    time: when.time,
    timeZone: when.timeZone,
  })
  .refine((given) => Object.values(given).some((one) => one !== undefined), { error: 'Something to move.' });
