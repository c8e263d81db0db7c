import { z } from 'zod';
import {
  REVIEW_LIMITS,
  USUAL_JITTER_MINUTES,
  USUAL_TERMS,
} from '../../shared/domain/reviews/review-definition.ts';
import { flagField, idField, isTime, shortText, zoneField } from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';
import { rulesField } from './rule-settings.ts';

const { lastDayOfMonth, earliest, latest, openDays, jitterMinutes } = REVIEW_LIMITS;

const time = z
  .string()
  .refine((text) => isTime(text) && text >= earliest && text <= latest, {
    error: `A time from ${earliest} to ${latest}, HH:MM: no clock change leaves one of these out or doubles it.`,
  })
  .describe(`Local, from ${earliest} to ${latest}: no clock change leaves one of these out or doubles it.`);
const day = z
  .int()
  .refine((number) => number >= 1 && number <= lastDayOfMonth, {
    error: `A day from 1 to ${lastDayOfMonth}, which every month has.`,
  })
  .describe(`1 to ${lastDayOfMonth}: every month has these.`);
const unique = <T>(given: readonly T[]): readonly T[] => [...new Set(given)];
const months = z.array(z.int().min(1).max(12)).min(1).max(12).transform(unique);
const days = z.array(day).min(1).max(lastDayOfMonth).transform(unique);

const calendarField = z
  .discriminatedUnion('every', [
    z.strictObject({ every: z.literal('month'), day, time }),
    z.strictObject({ every: z.literal('quarter'), day, time }),
    z.strictObject({ every: z.literal('custom'), months, days, time }),
  ])
  .describe('When reviews begin. Quarters begin in January, April, July and October.');

const scopeField = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('department'), department: shortText }),
    z.strictObject({ kind: z.literal('administrators') }),
  ])
  .describe('Whose accounts are looked at.');

const fallbackId = idField
  .optional()
  .describe(
    'Who is asked where nobody else can be; absent: the organisation is told, and decides with a key.',
  );
const reviewersField = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('managers'), fallbackId }),
    z.strictObject({ kind: z.literal('person'), personId: idField, fallbackId }),
  ])
  .describe('Who is asked. Nobody is asked about themselves.');

const daysBefore = z.int().min(0).max(openDays.most);
const fields = {
  name: shortText,
  calendar: calendarField,
  timeZone: zoneField,
  jitterMinutes: z
    .int()
    .min(jitterMinutes.least)
    .max(jitterMinutes.most)
    .describe('It begins up to so many minutes later, so that not all begin at once.'),
  scope: scopeField,
  rules: rulesField,
  reviewers: reviewersField,
  openDays: z.int().min(openDays.least).max(openDays.most).describe('So long reviewers can decide.'),
  remindDaysBefore: z
    .array(daysBefore)
    .max(10)
    .transform((given) => [...new Set(given)].sort((a, b) => b - a))
    .describe('Reviewers with something open are reminded so many days before the end.'),
  escalateDaysBefore: daysBefore.describe(
    'The organisation is told what is open so many days before the end.',
  ),
  onSilence: z
    .enum(['no_change', 'as_proposed'])
    .describe(
      'Of what nobody decides: `no_change`, which is reported; or what each finding proposes is carried out, which takes the scopes for that.',
    ),
};

/** Body of `PATCH /v1/reviews/definitions/{id}`. What is not named stays as it is. */
export const definitionChanges = z.strictObject(fields).partial();
export type DefinitionFields = z.output<typeof definitionChanges>;

/** Body of `POST /v1/reviews/definitions`. */
export const definitionFields = z.strictObject({
  ...definitionChanges.shape,
  name: shortText,
  timeZone: zoneField.optional().describe("The IANA name of a time zone; absent: the organisation's."),
  jitterMinutes: fields.jitterMinutes.default(USUAL_JITTER_MINUTES),
  openDays: fields.openDays.default(USUAL_TERMS.openDays),
});

/** Query of the list. */
export const definitionsQuery = z.strictObject({
  ...pageFields,
  removed: flagField.default('false').describe('Those that were removed, in place of the others.'),
});
