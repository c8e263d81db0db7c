import { z } from 'zod';
import { FINDING_STATES } from '../../shared/domain/reviews/finding.ts';
import { REVIEW_STATES } from '../../shared/domain/reviews/review.ts';
import { RULE_NAMES } from '../../shared/domain/reviews/rule-names.ts';
import { instant, sha256 } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { definitionExample, termsShape } from './definition-schema.ts';

const rule = z.enum(RULE_NAMES);
const report = z.strictObject({ sha256, bytes: z.int(), parts: z.int() });

export const reviewSchema = z
  .strictObject({
    id: z.string(),
    definitionId: z.string(),
    state: z
      .enum(REVIEW_STATES)
      .describe(
        '`collecting`: accounts are looked at. `open`: reviewers decide. `carrying_out`: something that was decided is not proven yet. `completed`: every finding is decided or defaulted, and everything that was started is proven.',
      ),
    terms: z.strictObject(termsShape).describe('As the definition was when it began.'),
    startedAt: instant,
    reviewed: z.strictObject({ people: z.int(), accounts: z.int() }),
    progress: z
      .strictObject({
        stage: z.string().describe('`people`, then each target, for accounts without a person.'),
        people: z.int(),
        accounts: z.int(),
      })
      .optional()
      .describe('How far the collecting came.'),
    found: z.partialRecord(rule, z.int()).optional().describe('By rule, once the collecting is over.'),
    openedAt: instant.optional(),
    closesAt: instant.optional().describe('What nobody decides until then is defaulted.'),
    closedAt: instant.optional(),
    counts: z
      .partialRecord(z.enum(FINDING_STATES), z.int())
      .optional()
      .describe('Findings by state. In lists only of reviews that are over.'),
    endedAt: instant.optional(),
    previousId: z.string().optional().describe('The one of the same definition that was completed before.'),
    trend: z
      .strictObject({
        previousId: z.string(),
        rules: z.array(z.strictObject({ rule, before: z.int(), now: z.int() })),
      })
      .optional()
      .describe('What was found, beside what the one before had found. Not in lists.'),
    cancelled: z.strictObject({ by: z.string(), at: instant, reason: z.string() }).optional(),
    trouble: z
      .strictObject({ code: z.string(), at: instant })
      .optional()
      .describe('Why the last try to go on failed; it is tried again.'),
    reports: z.strictObject({ json: report, csv: report, html: report }).optional(),
    links: z.strictObject({
      ...{ self: z.string(), definition: z.string(), findings: z.string() },
      ...{ decisions: z.string().optional(), cancel: z.string().optional(), previous: z.string().optional() },
      reports: z.array(z.string()).optional(),
    }),
  })
  .meta({ id: 'Review', description: 'One holding of a review.' });

const self = `/v1/reviews/${EXAMPLE.review}`;
const { name, timeZone, scope, rules, reviewers, openDays } = definitionExample;
const { remindDaysBefore, escalateDaysBefore, onSilence } = definitionExample;

export const reviewExample: z.output<typeof reviewSchema> = {
  id: EXAMPLE.review,
  definitionId: EXAMPLE.reviewDefinition,
  state: 'open',
  terms: {
    ...{ name, timeZone, scope, rules, reviewers, openDays },
    ...{ remindDaysBefore, escalateDaysBefore, onSilence },
  },
  startedAt: '2027-01-01T07:02:11.000Z',
  reviewed: { people: 412, accounts: 431 },
  found: { inactive: 9, administrator: 3 },
  openedAt: '2027-01-01T07:02:40.000Z',
  closesAt: '2027-01-15T07:02:40.000Z',
  counts: { open: 10, awaiting_second: 1, kept: 1 },
  trend: { previousId: EXAMPLE.previousReview, rules: [{ rule: 'inactive', before: 14, now: 9 }] },
  previousId: EXAMPLE.previousReview,
  links: {
    ...{ self, definition: definitionExample.links.self, findings: `${self}/findings` },
    ...{ decisions: `${self}/decisions`, cancel: `${self}/cancel` },
    previous: `/v1/reviews/${EXAMPLE.previousReview}`,
  },
};
