import { FIRST_DAY_LIMITS } from '../../shared/domain/planner/onboarding-procedure.ts';
import type { ApiContext } from '../api-context.ts';
import { isTime } from '../http/fields.ts';
import { Problem } from '../http/problem.ts';

export interface FirstDay {
  readonly firstDay: string;
  readonly startTime: string;
  readonly timeZone: string;
}

/** Throws where the moment does not exist, or is too far. */
export function assertFirstDay(
  { calendar, now }: Pick<ApiContext, 'calendar' | 'now'>,
  { firstDay, startTime, timeZone }: FirstDay,
): void {
  const field = '/firstDay';
  if (!calendar.isZone(timeZone)) throw new Problem('ZONE_UNKNOWN', { field: '/timeZone' });
  if (!isTime(startTime)) throw new Problem('TIME_INVALID', { field: '/startTime' });
  if (!calendar.isDate(firstDay)) throw new Problem('DATE_INVALID', { field });
  const today = calendar.localOf(now(), timeZone).date;
  const earliest = calendar.addDays(today, -FIRST_DAY_LIMITS.pastDays);
  const latest = calendar.addDays(today, FIRST_DAY_LIMITS.futureDays);
  if (firstDay < earliest || firstDay > latest)
    throw new Problem('DATE_OUT_OF_RANGE', { field, members: { earliest, latest } });
}
