import { z } from 'zod';
import { addressField, dateField, longText, shortText, timeField, zoneField } from '../http/fields.ts';
import { accountFields, newcomerFields, withOneAddress } from '../people/person-fields.ts';

const to = addressField
  .optional()
  .describe(
    'Where it is sent; absent: to the private contact where that is an address, else to the manager.',
  );

const credentials = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('setup_link'), to }),
    z.strictObject({ kind: z.literal('welcome_mail'), to }),
  ])
  .default({ kind: 'setup_link' })
  .describe(
    'How the person gets in on the first day: by a link, or a link within a letter of welcome in their language.',
  );

const createDaysBefore = z
  .int()
  .min(0)
  .max(90)
  .optional()
  .describe(
    'The account is made this many days before, and is closed until then. Absent: as the procedure says.',
  );

const firstDay = dateField.describe('Whoever came in the last 30 days is let in at once.');

/** Body of `POST /v1/onboardings` and of its simulation. */
export const onboardingFields = withOneAddress(
  z.strictObject({
    ...newcomerFields,
    template: shortText
      .optional()
      .describe('What everybody in a role gets. What is given beside it counts more.'),
    accountRole: accountFields.accountRole.optional(),
    quotaBytes: accountFields.quotaBytes.optional(),
    groups: accountFields.groups.optional(),
    lists: z.array(shortText).max(100).optional().describe('Mailing lists.'),
    firstDay,
    startTime: timeField.optional().describe('When the account opens. Absent: as the procedure says.'),
    createDaysBefore,
    credentials,
    note: longText.optional(),
  }),
);
export type OnboardingFields = z.output<typeof onboardingFields>;

/** Body of `POST /v1/onboardings/{id}/reschedule`. What is absent stays. */
export const onboardingMove = z.strictObject({
  firstDay,
  startTime: timeField.optional(),
  timeZone: zoneField.optional(),
  createDaysBefore,
});
export type OnboardingMove = z.output<typeof onboardingMove>;
