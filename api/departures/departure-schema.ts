import { z } from 'zod';
import { DELETION_ITEMS } from '../../shared/domain/deletion.ts';
import { RECIPIENT_RULES } from '../../shared/domain/handover.ts';
import { PLAN_WARNINGS } from '../../shared/domain/planner/plan-departure.ts';
import { HANDOVER_PARTS } from '../../shared/domain/target-capabilities.ts';
import { instant, onlyTrue, shownInstant } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { legalHoldSchema } from '../people/person-schema.ts';
import { stepExample, stepSchema } from '../cases/step-schema.ts';
import { shownPlan, summaryMembers } from '../cases/summary-members.ts';

const text = { subject: z.string(), text: z.string() };
const texts = { ...text, internal: z.strictObject(text).optional() };

const handover = z.strictObject({
  recipient: z.enum(RECIPIENT_RULES),
  recipientId: z.string().optional(),
  day: z.int().describe('Days after the leave day.'),
  mail: z
    .strictObject({
      folders: z.array(z.string()).optional(),
      since: z.string().optional(),
      until: z.string().optional(),
      sinceMs: z.int().optional(),
      beforeMs: z.int().optional(),
    })
    .optional(),
  filesGoWithAccount: onlyTrue.describe('Somebody decided that files are not handed over.'),
  calendars: z.enum(['handOver', 'close']),
  meetings: z.enum(['handOver', 'cancel']),
  access: z.strictObject({ personId: z.string(), days: z.int(), reason: z.string() }).optional(),
  targets: z
    .record(z.string(), z.partialRecord(z.enum(HANDOVER_PARTS), z.enum(['yes', 'manual', 'no'])))
    .describe('For each target the parts the leaver has something of, and who hands them over.'),
});

export const requestSchema = z
  .strictObject({
    personId: z.string(),
    lastDay: z.string().optional(),
    leaveTime: z.string(),
    timeZone: z.string(),
    urgent: z.boolean(),
    successorId: z.string().optional(),
    contactPersonId: z.string().optional(),
    autoReply: z
      .strictObject({
        ...texts,
        days: z.int(),
        template: z.strictObject(texts).optional().describe('What it was made from, with variables.'),
      })
      .optional(),
    redirect: z
      .strictObject({
        to: z.string(),
        toPersonId: z.string().optional(),
        outside: z.boolean(),
        reason: z.string(),
        keepCopy: z.boolean(),
        days: z.int(),
        outliveAccount: z.boolean(),
      })
      .optional(),
    outcome: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('purge') }),
        z.strictObject({ kind: z.literal('retain'), until: z.string() }),
      ])
      .optional(),
    handover: handover.optional(),
    leaverNotice: z.strictObject({ daysBefore: z.int() }).optional(),
    graceDays: z.int().optional(),
    undecided: z
      .array(z.enum(DELETION_ITEMS))
      .optional()
      .describe('Of a deletion: what is still asked on the checklist, or was done by hand.'),
    reason: z.string(),
    note: z.string().optional(),
    requestedBy: z.string().optional().describe('A note of whom it is for; never an identity.'),
  })
  .meta({
    id: 'ResolvedRequest',
    description: 'What was asked for, with everything decided that was left open.',
  });

const summary = { ...summaryMembers, retainedUntil: z.string().optional(), leaveAt: shownInstant };

export const departureSummarySchema = z
  .strictObject({ ...summary, onLegalHold: onlyTrue })
  .meta({ id: 'DepartureSummary', description: 'A departure in a list.' });

const timeToLockoutMs = z.number().optional();

export const lockoutSchema = z
  .strictObject({
    targets: z.array(
      z.strictObject({
        target: z.string().optional(),
        stepKey: z.string(),
        provenAt: instant.optional(),
        timeToLockoutMs,
      }),
    ),
    timeToLockoutMs,
  })
  .describe('From the due instant to the first proof, for each target and for the last of them.');

/** All of a departure but its steps. */
export const departureMembers = {
  ...summary,
  request: requestSchema,
  plan: shownPlan,
  lockout: lockoutSchema,
};

const inFull = { ...departureMembers, steps: z.array(stepSchema) };

export const departureSchema = z
  .strictObject({ ...inFull, legalHold: legalHoldSchema.optional() })
  .meta({ id: 'Departure', description: 'A departure in full, with what proves each step.' });

export const warningsField = z.array(z.enum(PLAN_WARNINGS));

export const requestedDepartureSchema = z
  .strictObject({ ...inFull, warnings: warningsField })
  .meta({ id: 'RequestedDeparture' });

export const departureSummaryExample: z.output<typeof departureSummarySchema> = {
  id: EXAMPLE.departure,
  personId: EXAMPLE.lea,
  state: 'scheduled',
  needsAttention: false,
  engine: 'started',
  requestedBy: EXAMPLE.owner,
  requestedAt: '2026-12-01T09:00:00.000Z',
  leaveAt: { utc: '2027-01-29T16:30:00.000Z', local: '2027-01-29T17:30+01:00' },
  dueAt: { utc: '2027-01-22T08:00:00.000Z', local: '2027-01-22T09:00+01:00' },
};

/** One of some thirty steps. */
export const departureExample: z.output<typeof departureSchema> = {
  ...departureSummaryExample,
  request: {
    personId: EXAMPLE.lea,
    lastDay: '2027-01-29',
    leaveTime: '17:30',
    timeZone: 'Europe/Zurich',
    urgent: false,
    contactPersonId: EXAMPLE.mona,
    autoReply: {
      subject: 'Lea Leaver no longer works here',
      text: 'Please write to Mona Manager at mona@example.com.',
      days: 30,
      template: {
        subject: '{{leaver}} no longer works here',
        text: 'Please write to {{contact}} at {{contactAddress}}.',
      },
    },
    reason: 'resigned',
  },
  plan: { version: 1, procedure: 'departure@2', timeZone: 'Europe/Zurich' },
  lockout: { targets: [{ stepKey: 'prove-day-0' }] },
  steps: [stepExample],
};
