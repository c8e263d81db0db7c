import { LAST_DAY_LIMITS } from '../../shared/domain/planner/departure-procedure.ts';
import type { ApiContext } from '../api-context.ts';
import { isTime } from '../http/fields.ts';
import { Problem } from '../http/problem.ts';

export interface WantedWhen {
  readonly lastDay?: string | undefined;
  readonly leaveTime?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly urgent: boolean;
}

export interface CheckedWhen {
  readonly lastDay?: string;
  readonly leaveTime: string;
  readonly timeZone: string;
  readonly urgent: boolean;
}

/** The moment of leaving, with the defaults filled in. Throws where it does not exist, is too far, or contradicts itself. */
export function checkWhen(
  context: Pick<ApiContext, 'calendar' | 'now'>,
  wanted: WantedWhen,
  defaults: { readonly leaveTime: string; readonly timeZone: string },
): CheckedWhen {
  const { lastDay, urgent, leaveTime = defaults.leaveTime, timeZone = defaults.timeZone } = wanted;
  if (!context.calendar.isZone(timeZone)) throw new Problem('ZONE_UNKNOWN', { field: '/timeZone' });
  if (!isTime(leaveTime)) throw new Problem('TIME_INVALID', { field: '/leaveTime' });
  if (urgent && wanted.leaveTime !== undefined)
    throw new Problem('URGENT_WITH_LEAVE_TIME', { field: '/leaveTime' });
  if (lastDay === undefined) {
    if (!urgent) throw new Problem('LAST_DAY_REQUIRED', { field: '/lastDay' });
    return { leaveTime, timeZone, urgent };
  }
  assertLastDay(context, lastDay, timeZone, urgent);
  return { lastDay, leaveTime, timeZone, urgent };
}

function assertLastDay(
  { calendar, now }: Pick<ApiContext, 'calendar' | 'now'>,
  lastDay: string,
  timeZone: string,
  urgent: boolean,
): void {
  const field = '/lastDay';
  if (!calendar.isDate(lastDay)) throw new Problem('DATE_INVALID', { field });
  const today = calendar.localOf(now(), timeZone).date;
  const earliest = calendar.addDays(today, -LAST_DAY_LIMITS.pastDays);
  const latest = calendar.addDays(today, LAST_DAY_LIMITS.futureDays);
  if (lastDay < earliest || lastDay > latest)
    throw new Problem('DATE_OUT_OF_RANGE', { field, members: { earliest, latest } });
  if (urgent && lastDay > today) throw new Problem('URGENT_WITH_FUTURE_DAY', { field });
}
