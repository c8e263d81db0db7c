import { z } from 'zod';
import {
  addressField,
  countryField,
  domainField,
  idField,
  languageField,
  localeField,
  longText,
  nameField,
  shortText,
  targetField,
  timeField,
  zoneField,
} from '../http/fields.ts';
import { WELCOME_VARIABLES } from '../../shared/domain/welcome/welcome-texts.ts';
import { EXPORT_FORMATS } from '../../shared/platform/exports/write-table.ts';
import { namingField } from '../naming/naming-fields.ts';

const WELCOME_TEXTS_NAME = `They may name ${WELCOME_VARIABLES.map((name) => `\`{{${name}}}\``).join(', ')}.`;

/** Body of `PATCH /v1/organisation`. */
export const organisationChanges = z.strictObject({
  name: nameField.optional(),
  domains: z.array(domainField).min(1).max(50).optional(),
  timeZone: zoneField.optional(),
  country: countryField.optional(),
  locale: localeField.optional(),
  leaveTime: timeField.optional(),
  digestTime: timeField
    .nullable()
    .optional()
    .describe('From when on the digest of the day goes out, `HH:MM`; `null`: none.'),
  peopleExport: z
    .strictObject({
      time: timeField.describe('From when on the file of the day is written, `HH:MM`.'),
      format: z.enum(EXPORT_FORMATS).default('csv'),
      keepDays: z.number().int().min(1).max(3_650).default(30).describe('Older files are removed.'),
    })
    .nullable()
    .optional()
    .describe('A file of everybody in the data folder, every day; `null`: none.'),
  guardLimits: z
    .strictObject({
      floor: z.number().int().min(1).max(1_000),
      sharePercent: z.number().min(1).max(100),
      ceiling: z.number().int().min(1).max(10_000),
    })
    .refine(({ floor, ceiling }) => floor <= ceiling, { error: 'The floor is not above the ceiling.' })
    .optional()
    .describe('Higher ones take two owners who ask for the same within a day.'),
  naming: namingField
    .optional()
    .describe('How the accounts of new people are named; `GET /v1/naming` explains it.'),
  targetQuotas: z
    .record(
      targetField,
      z.strictObject({
        addresses: z.number().int().min(1).max(1_000_000),
        perHours: z.number().int().min(1).max(720),
      }),
    )
    .nullable()
    .optional()
    .describe(
      'How many new addresses each target takes in any so many hours: imports keep to it. `null`: as many as come.',
    ),
  quarantineMonths: z
    .number()
    .int()
    .min(0)
    .max(120)
    .optional()
    .describe('How long the address of a leaver is not given away.'),
  fallbackRecipientId: idField
    .nullable()
    .optional()
    .describe('Receives what a leaver without successor and manager had; `null`: nobody.'),
  welcomeTexts: z
    .record(languageField, z.strictObject({ subject: shortText, text: longText }))
    .refine((given) => Object.keys(given).length <= 20, { error: 'Twenty languages at most.' })
    .nullable()
    .optional()
    .describe(`Own texts of welcome mails, by language; \`null\`: the usual ones. ${WELCOME_TEXTS_NAME}`),
  notificationAddresses: z
    .array(addressField)
    .max(20)
    .optional()
    .describe('Where loud failures, requests for approval and escalations go.'),
});
export type OrganisationChanges = z.output<typeof organisationChanges>;

export const freezeFields = z.strictObject({ reason: shortText });
