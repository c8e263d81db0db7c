import { z } from 'zod';
import { RULE_NAMES } from '../../shared/domain/reviews/rule-names.ts';
import { instant } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';

const setting = z.strictObject({
  on: z.boolean(),
  threshold: z.int().optional(),
  departments: z.array(z.string()).optional(),
  templates: z.array(z.string()).optional(),
});

/** What a definition says and a review is held to. */
export const termsShape = {
  name: z.string(),
  timeZone: z.string(),
  scope: z.strictObject({
    kind: z.enum(['all', 'department', 'administrators']),
    department: z.string().optional(),
  }),
  rules: z
    .partialRecord(z.enum(RULE_NAMES), setting)
    .describe('One that is not named is as the rule itself says.'),
  reviewers: z.strictObject({
    kind: z.enum(['managers', 'person']),
    personId: z.string().optional(),
    fallbackId: z.string().optional(),
  }),
  openDays: z.int(),
  remindDaysBefore: z.array(z.int()),
  escalateDaysBefore: z.int(),
  onSilence: z.enum(['no_change', 'as_proposed']),
};

const byAt = z.strictObject({ by: z.string(), at: instant });

export const definitionSchema = z
  .strictObject({
    id: z.string(),
    ...termsShape,
    calendar: z.strictObject({
      every: z.enum(['month', 'quarter', 'custom']),
      day: z.int().optional(),
      months: z.array(z.int()).optional(),
      days: z.array(z.int()).optional(),
      time: z.string(),
    }),
    jitterMinutes: z.int(),
    requestedBy: z.string(),
    createdAt: instant,
    arranged: z
      .boolean()
      .describe(
        'Whether its schedule is as this says. While the engine is away it waits; it is arranged then.',
      ),
    nextAt: instant
      .optional()
      .describe(
        'When a review begins next, without jitter; absent while it is paused, or the engine is away.',
      ),
    paused: byAt.optional(),
    removed: byAt.optional(),
    links: z.strictObject({ self: z.string(), reviews: z.string() }),
  })
  .meta({ id: 'ReviewDefinition', description: 'A review that is held again and again.' });

export const definitionExample: z.output<typeof definitionSchema> = {
  id: EXAMPLE.reviewDefinition,
  ...{ name: 'Accounts, every quarter', timeZone: 'Europe/Zurich', scope: { kind: 'all' } },
  rules: { inactive: { on: true, threshold: 90 } },
  reviewers: { kind: 'managers', fallbackId: EXAMPLE.mona },
  ...{ openDays: 14, remindDaysBefore: [7, 2], escalateDaysBefore: 3, onSilence: 'no_change' },
  calendar: { every: 'quarter', day: 1, time: '08:00' },
  jitterMinutes: 5,
  requestedBy: EXAMPLE.owner,
  createdAt: '2026-11-02T08:15:00.000Z',
  arranged: true,
  nextAt: '2027-01-01T07:00:00.000Z',
  links: {
    self: `/v1/reviews/definitions/${EXAMPLE.reviewDefinition}`,
    reviews: `/v1/reviews?definitionId=${EXAMPLE.reviewDefinition}`,
  },
};
