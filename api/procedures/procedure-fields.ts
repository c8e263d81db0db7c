import { z } from 'zod';
import { DAY_ZERO_KINDS } from '../../shared/domain/planner/departure/day-zero.ts';
import type { CaseKind } from '../../shared/domain/case-states.ts';
import {
  KINDS_WITH_PROCEDURE,
  type KindWithProcedure,
} from '../../shared/domain/procedure/procedure-kinds.ts';
import { STEP_KINDS } from '../../shared/domain/step-kinds.ts';
import { isTime, shortText, timeField } from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';

/** Data that is kept longer than this is kept by the outcome `retain`, which is reviewed every year. */
const LONGEST_DAYS = 730;

const beforeLeaving = z.number().int().min(0).max(90);
const after = z.number().int().min(0).max(LONGEST_DAYS);

/** What a version says of its plans. */
export const templateFields = z.strictObject({
  noticeDaysBefore: beforeLeaving,
  noticeTime: timeField.refine(isTime, { error: 'A time of day, HH:MM.' }),
  leaverNoticeDaysBefore: beforeLeaving,
  dayZero: z.array(z.enum(DAY_ZERO_KINDS)).max(50),
  leavesOut: z.array(z.enum(STEP_KINDS)).max(100),
  proofDays: z.array(z.number().int().min(1).max(LONGEST_DAYS)).min(1).max(20),
  autoReplyDays: z.number().int().min(1).max(LONGEST_DAYS).optional(),
  handoverDay: after,
  archiveDay: after,
  purgeDay: after,
  graceDays: after,
  reminderDaysBefore: z.array(after).min(1).max(20),
});

/** What a version says of deletions: the rest of them happens at once. */
export const deletionTemplateFields = templateFields.pick({
  ...{ dayZero: true, leavesOut: true, proofDays: true, graceDays: true, reminderDaysBefore: true },
});

/** By the kind of case. */
const TEMPLATES = { departure: templateFields, deletion: deletionTemplateFields } as const satisfies Readonly<
  Record<KindWithProcedure, z.ZodObject>
>;

const newProcedure = <Template extends z.ZodObject>(template: Template) =>
  z.strictObject({
    basedOn: shortText,
    template,
    reason: shortText,
    /** Checks it, shows the difference, and makes nothing. */
    dryRun: z.boolean().default(false),
  });

/** Body of `POST /v1/procedures`: everything a version says, and the newest version its maker has looked at. */
export const newProcedureFields = newProcedure(TEMPLATES.departure);

/** Says which kind the rest of the body is of. */
export const basedOnFields = z.looseObject({ basedOn: shortText });

export function newProcedureFieldsOf(kind: CaseKind) {
  const fields: Readonly<Partial<Record<CaseKind, z.ZodObject>>> = TEMPLATES;
  return newProcedure(fields[kind] ?? templateFields);
}

const kindField = z
  .enum(KINDS_WITH_PROCEDURE)
  .default('departure')
  .describe('Of which kind of case; absent: departures.');

/** Query of the list. */
export const proceduresQuery = z.strictObject({ ...pageFields, kind: kindField });
export const inForceQuery = z.strictObject({
  format: z.enum(['json', 'markdown', 'html']).optional(),
  kind: kindField,
});
export const procedureQuery = z.strictObject({ format: z.enum(['json', 'markdown', 'html']).optional() });

/** Body of `PUT /v1/procedures/in-force`. */
export const inForceFields = z.strictObject({ name: shortText, insteadOf: shortText, reason: shortText });

/** Without the members that are there and have no value: a template holds none. */
export function withoutAbsent(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
