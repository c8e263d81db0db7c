import { ROLE_CHANGE_LIMITS } from '../../shared/domain/planner/role-change-procedure.ts';
import type { RoleChangeRequest } from '../../shared/domain/role-change.ts';
import type { ApiContext } from '../api-context.ts';
import { isTime } from '../http/fields.ts';
import { Problem } from '../http/problem.ts';

/** The moment of the change. Throws where it does not exist or is too far. */
export function checkChangeDate(
  { calendar, now }: Pick<ApiContext, 'calendar' | 'now'>,
  { date, time, timeZone }: Pick<RoleChangeRequest, 'date' | 'time' | 'timeZone'>,
): void {
  if (!calendar.isZone(timeZone)) throw new Problem('ZONE_UNKNOWN', { field: '/timeZone' });
  if (!isTime(time)) throw new Problem('TIME_INVALID', { field: '/time' });
  const field = '/date';
  if (!calendar.isDate(date)) throw new Problem('DATE_INVALID', { field });
  const today = calendar.localOf(now(), timeZone).date;
  const earliest = calendar.addDays(today, -ROLE_CHANGE_LIMITS.pastDays);
  const latest = calendar.addDays(today, ROLE_CHANGE_LIMITS.futureDays);
  if (date < earliest || date > latest)
    throw new Problem('ROLE_DATE_OUT_OF_RANGE', { field, members: { earliest, latest } });
}
