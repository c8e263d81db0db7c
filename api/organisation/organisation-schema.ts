import { z } from 'zod';
import { EXPORT_FORMATS } from '../../shared/platform/exports/write-table.ts';
import { instant } from '../http/answer-fields.ts';
import { namingSchema } from '../naming/naming-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';

const limits = z.strictObject({ floor: z.int(), sharePercent: z.number(), ceiling: z.int() }).meta({
  id: 'GuardLimits',
  description: 'How many departures go ahead in a day: a share of the people, between a floor and a ceiling.',
});

const version = z.string().optional();
const fields = {
  id: z.string(),
  rev: z.int().describe('Counts up with every change.'),
  name: z.string(),
  domains: z.array(z.string()),
  timeZone: z.string(),
  country: z.string(),
  locale: z.string(),
  leaveTime: z.string(),
  digestTime: z.string().optional(),
  peopleExport: z
    .strictObject({ time: z.string(), format: z.enum(EXPORT_FORMATS), keepDays: z.int() })
    .optional()
    .describe('The file of everybody that is written into the data folder every day.'),
  guardLimits: limits,
  naming: namingSchema,
  targetQuotas: z
    .record(z.string(), z.strictObject({ addresses: z.int(), perHours: z.int() }))
    .optional()
    .describe('How many new addresses each target takes in any so many hours.'),
  quarantineMonths: z.int(),
  fallbackRecipientId: z.string().optional(),
  notificationAddresses: z.array(z.string()),
  welcomeTexts: z
    .record(z.string(), z.strictObject({ subject: z.string(), text: z.string() }))
    .optional()
    .describe('Own texts of welcome mails, by language.'),
  departureProcedure: z
    .string()
    .optional()
    .describe('The version that departures are planned by; absent: the newest that ships.'),
  procedures: z
    .strictObject({ onboarding: version, role_change: version, leave: version, deletion: version })
    .optional()
    .describe('The same of the other kinds of case.'),
  frozen: z
    .strictObject({ by: z.string(), atMs: z.int(), reason: z.string() })
    .optional()
    .describe('While it is there, nothing is taken away or deleted.'),
};
export const organisationSchema = z.strictObject(fields).meta({ id: 'Organisation' });

const proposal = z
  .strictObject({ limits, proposedBy: z.string(), proposedAt: instant })
  .meta({ id: 'GuardProposal', description: 'Higher limits that wait for a second owner.' });

export const proposedOrganisationSchema = z
  .strictObject({ ...fields, awaitingSecond: proposal })
  .meta({ id: 'ProposedOrganisation' });

export const guardSchema = z
  .strictObject({
    limits,
    limit: z.int().describe('What these limits come to with the people there are.'),
    used: z.int().describe('Departures that went ahead in the last 24 hours.'),
    nextPlaceAt: instant.optional(),
    proposal: proposal.optional(),
  })
  .meta({ id: 'Guard' });

export const freezeSchema = z.discriminatedUnion('frozen', [
  z.strictObject({ frozen: z.literal(true), by: z.string(), at: instant, reason: z.string() }),
  z.strictObject({ frozen: z.literal(false) }),
]);

export const organisationExample: z.output<typeof organisationSchema> = {
  id: EXAMPLE.organisation,
  rev: 3,
  name: 'Example Ltd',
  domains: ['example.com'],
  timeZone: 'Europe/Zurich',
  country: 'CH',
  locale: 'en',
  leaveTime: '17:30',
  digestTime: '07:00',
  guardLimits: { floor: 2, sharePercent: 20, ceiling: 10 },
  naming: { convention: 'first.last', onCollision: 'number' },
  quarantineMonths: 12,
  notificationAddresses: ['it@example.com'],
};

export const proposalExample: z.output<typeof proposal> = {
  limits: { floor: 50, sharePercent: 20, ceiling: 50 },
  proposedBy: EXAMPLE.owner,
  proposedAt: '2026-12-01T09:00:00.000Z',
};
