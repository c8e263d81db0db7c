import { z } from 'zod';
import { DAY_ZERO_KINDS } from '../../shared/domain/planner/departure/day-zero.ts';
import { CASE_KINDS, type CaseKind } from '../../shared/domain/case-states.ts';
import { GRACE_LIMITS } from '../../shared/domain/deletion.ts';
import { INVESTIGATION_ITEMS, LEAVE_LIMITS, REVOKED_KINDS } from '../../shared/domain/leave.ts';
import { ROLE_CHANGE_LIMITS } from '../../shared/domain/planner/role-change-procedure.ts';
import { STEP_KINDS } from '../../shared/domain/step-kinds.ts';
import { isTime, shortText, timeField } from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';

/** Data that is kept longer than this is kept by the outcome `retain`, which is reviewed every year. */
const LONGEST_DAYS = 730;

const beforeTheDay = z.number().int().min(0).max(90);
const after = z.number().int().min(0).max(LONGEST_DAYS);

const time = timeField.refine(isTime, { error: 'A time of day, HH:MM.' });
const leavesOut = z.array(z.enum(STEP_KINDS)).max(100);

/** What a version says of departures. */
export const templateFields = z.strictObject({
  noticeDaysBefore: beforeTheDay,
  noticeTime: time,
  leaverNoticeDaysBefore: beforeTheDay,
  dayZero: z.array(z.enum(DAY_ZERO_KINDS)).max(50),
  leavesOut,
  proofDays: z.array(z.number().int().min(1).max(LONGEST_DAYS)).min(1).max(20),
  autoReplyDays: z.number().int().min(1).max(LONGEST_DAYS).optional(),
  handoverDay: after,
  archiveDay: after,
  purgeDay: after,
  graceDays: after,
  reminderDaysBefore: z.array(after).min(1).max(20),
});

/** What a version says of deletions: the rest of them happens at once. */
export const deletionTemplateFields = templateFields
  .pick({ dayZero: true, leavesOut: true, proofDays: true, graceDays: true, reminderDaysBefore: true })
  .extend({ graceDays: z.number().int().min(0).max(GRACE_LIMITS.maxDays) });

export const onboardingTemplateFields = z.strictObject({
  createDaysBefore: beforeTheDay,
  startTime: time,
  reminderDaysBefore: beforeTheDay,
  noticeTime: time,
  followUpDays: z.number().int().min(0).max(90),
  leavesOut,
});

export const roleChangeTemplateFields = z.strictObject({
  changeTime: time,
  overlapDays: z.number().int().min(0).max(ROLE_CHANGE_LIMITS.longestOverlapDays),
  reminderDaysBefore: beforeTheDay,
  noticeTime: time,
  leavesOut,
});

export const leaveTemplateFields = z.strictObject({
  time,
  openReplyDays: z.number().int().min(1).max(LEAVE_LIMITS.returnDays),
  investigation: z.array(z.enum(INVESTIGATION_ITEMS)).max(50),
  revokes: z.array(z.enum(REVOKED_KINDS)).max(50),
  leavesOut,
});

/** By the kind of case. */
const TEMPLATES = {
  onboarding: onboardingTemplateFields,
  role_change: roleChangeTemplateFields,
  leave: leaveTemplateFields,
  departure: templateFields,
  deletion: deletionTemplateFields,
} as const satisfies Readonly<Record<CaseKind, z.ZodObject>>;

const newProcedure = <Template extends z.ZodObject>(template: Template) =>
  z.strictObject({
    basedOn: shortText,
    template,
    reason: shortText,
    /** Checks it, shows the difference, and makes nothing. */
    dryRun: z.boolean().default(false),
  });

/** Body of `POST /v1/procedures`: everything a version says, and the newest version its maker has looked at. */
export const newProcedureFields = z.union([
  newProcedure(TEMPLATES.departure),
  newProcedure(TEMPLATES.deletion),
  newProcedure(TEMPLATES.onboarding),
  newProcedure(TEMPLATES.role_change),
  newProcedure(TEMPLATES.leave),
]);

/** Says which kind the rest of the body is of. */
export const basedOnFields = z.looseObject({ basedOn: shortText });

export function newProcedureFieldsOf(kind: CaseKind) {
  return newProcedure<z.ZodObject>(TEMPLATES[kind]);
}

const kindField = z
  .enum(CASE_KINDS)
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
