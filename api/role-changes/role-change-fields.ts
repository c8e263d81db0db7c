import { z } from 'zod';
import { ACCOUNT_ROLES } from '../../shared/domain/person.ts';
import { ROLE_CHANGE_LIMITS } from '../../shared/domain/planner/role-change-procedure.ts';
import { dateField, idField, longText, shortText, timeField, zoneField } from '../http/fields.ts';
import { GIBIBYTE } from '../people/person-fields.ts';

const overlapDays = z.number().int().min(0).max(ROLE_CHANGE_LIMITS.longestOverlapDays);

export const roleChangeFields = z
  .strictObject({
    personId: idField.describe('Who changes roles.'),
    to: shortText.describe('The template of the new role.'),
    from: shortText
      .nullable()
      .optional()
      .describe('The template of the old role; absent: the one the person has; `null`: there was none.'),
    date: dateField.describe('A local date, `YYYY-MM-DD`, from which the new role counts.'),
    time: timeField.optional().describe('A time of day, `HH:MM`; absent: as the procedure says.'),
    timeZone: zoneField.optional().describe('The IANA name of a time zone; absent: the one of the person.'),
    overlapDays: overlapDays
      .optional()
      .describe("The old role's rights end this many days after the date; absent: as the procedure says."),
    accountRole: z
      .enum(ACCOUNT_ROLES)
      .optional()
      .describe('Absent: as the new template says; an administrator by the old template alone ends as one.'),
    quotaBytes: z
      .number()
      .int()
      .min(1)
      .max(1024 * GIBIBYTE)
      .optional()
      .describe('Absent: as the new template says.'),
    managerId: idField.optional().describe('The new manager.'),
    department: shortText.optional().describe('Absent: as the new template says.'),
    note: longText.optional(),
    confirm: z
      .boolean()
      .default(false)
      .describe('Needed where somebody becomes an administrator, who has access to manage all users.'),
  })
  .meta({ id: 'RoleChangeRequest' });
export type RoleChangeFields = z.output<typeof roleChangeFields>;

/** Another date. */
export const roleRescheduleFields = z
  .strictObject({
    date: dateField.optional(),
    time: timeField.optional(),
    timeZone: zoneField.optional(),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    error: 'Another date, time or time zone.',
  });

export const extensionFields = z
  .strictObject({
    overlapDays: overlapDays.optional().describe('In all, from the date of the change on.'),
    until: dateField.optional().describe('The local date on which the old rights end.'),
    reason: shortText.optional(),
  })
  .refine((given) => (given.overlapDays === undefined) !== (given.until === undefined), {
    error: 'Either overlapDays or until.',
  });
