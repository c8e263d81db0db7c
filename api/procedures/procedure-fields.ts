import { z } from 'zod';
import { DAY_ZERO_KINDS } from '../../shared/domain/planner/departure/day-zero.ts';
import type { DepartureTemplate } from '../../shared/domain/planner/departure-procedure.ts';
import { STEP_KINDS } from '../../shared/domain/step-kinds.ts';
import { isTime, shortText, timeField } from '../http/fields.ts';

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

/** Body of `POST /v1/procedures`: everything a version says, and the newest version its maker has looked at. */
export const newProcedureFields = z.strictObject({
  basedOn: shortText,
  template: templateFields,
  reason: shortText,
  /** Checks it, shows the difference, and makes nothing. */
  dryRun: z.boolean().default(false),
});
export type NewProcedureFields = z.output<typeof newProcedureFields>;

export const procedureQuery = z.strictObject({ format: z.enum(['json', 'markdown', 'html']).optional() });

/** Body of `PUT /v1/procedures/in-force`. */
export const inForceFields = z.strictObject({ name: shortText, insteadOf: shortText, reason: shortText });

/** Without the members that are there and have no value: a template holds none. */
export function templateFrom({ autoReplyDays, ...given }: NewProcedureFields['template']): DepartureTemplate {
  return { ...given, ...(autoReplyDays === undefined ? {} : { autoReplyDays }) };
}
