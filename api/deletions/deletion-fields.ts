import { z } from 'zod';
import { GRACE_LIMITS } from '../../shared/domain/deletion.ts';
import { planTokenField, redirectFields, type LeavingFields } from '../departures/departure-fields.ts';
import { handoverFields, mailFields } from '../departures/handover-fields.ts';
import { idField, longText, shortText } from '../http/fields.ts';

/** Body of `POST /v1/deletions` and of its simulation. */
export const deletionFields = z
  .strictObject({
    personId: idField.describe('Whose account is deleted.'),
    typedName: z.string().min(1).max(300).describe('The full name of that person.'),
    reason: shortText,
    handover: handoverFields
      .optional()
      .describe(
        'What becomes of mail, files, calendars and contacts. What is not said is asked on the checklist.',
      ),
    redirect: z
      .union([redirectFields, z.literal(false)])
      .optional()
      .describe('`false`: none. Absent: it is asked on the checklist, where the country allows a redirect.'),
    graceDays: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .optional()
      .describe(`${GRACE_LIMITS.minDays} to ${GRACE_LIMITS.maxDays}; absent: as the procedure says.`),
    successorId: idField.optional(),
    note: longText.optional(),
    planToken: planTokenField,
  })
  .meta({ id: 'DeletionRequest' });
export type DeletionFields = z.output<typeof deletionFields>;

/** A deletion goes the way of a departure, at once, and nobody writes to senders. */
export function asLeaving({ typedName: _typed, ...wanted }: DeletionFields): LeavingFields {
  return { ...wanted, urgent: true, autoReply: { enabled: false } };
}

/** Body of `POST /v1/deletions/{id}/decisions`: one of them. */
export const decisionFields = z
  .strictObject({
    mail: z
      .union([mailFields, z.literal(false)])
      .optional()
      .describe('Which mail is copied; `false`: none.'),
    files: z.boolean().optional().describe('`true`: handed over; `false`: deleted with the account.'),
    calendars: z.enum(['handOver', 'close']).optional(),
    contacts: z.boolean().optional().describe('Whether they are exported as vCards.'),
    redirect: z
      .union([
        z.strictObject({ toPersonId: idField, reason: shortText, keepCopy: z.boolean().default(true) }),
        z.literal(false),
      ])
      .optional()
      .describe(
        'For the days that are usual in the country. One that leads outside, or outlives the account, is asked for with the deletion.',
      ),
  })
  .meta({ id: 'DeletionDecision' });
export type DecisionFields = z.output<typeof decisionFields>;
