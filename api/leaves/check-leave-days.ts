import { LEAVE_LIMITS, type LeaveReason } from '../../shared/domain/leave.ts';
import type { ApiContext } from '../api-context.ts';
import { isTime } from '../http/fields.ts';
import { Problem } from '../http/problem.ts';

type Days = Pick<ApiContext, 'calendar' | 'now'>;

export interface WantedDays {
  readonly reason: LeaveReason;
  readonly firstDay?: string | undefined;
  readonly returnDay?: string | undefined;
  readonly time?: string | undefined;
  readonly timeZone?: string | undefined;
}

export interface CheckedDays {
  readonly firstDay?: string;
  readonly returnDay?: string;
  readonly time: string;
  readonly timeZone: string;
}

/**
 * The days of a leave, with the defaults filled in. Throws where one does not exist, lies too far, or contradicts the rest.
 * `begunAtMs`: of a leave that has begun, whose first day is history.
 */
export function checkLeaveDays(
  context: Days,
  { reason, firstDay, returnDay, ...wanted }: WantedDays,
  usual: Pick<CheckedDays, 'time' | 'timeZone'>,
  begunAtMs?: number,
): CheckedDays {
  const { time = usual.time, timeZone = usual.timeZone } = wanted;
  if (!context.calendar.isZone(timeZone)) throw new Problem('ZONE_UNKNOWN', { field: '/timeZone' });
  if (!isTime(time)) throw new Problem('TIME_INVALID', { field: '/time' });
  assertSuspicionHasNoDays(reason, firstDay, returnDay);
  if (wanted.time !== undefined && firstDay === undefined && returnDay === undefined)
    throw new Problem('TIME_WITHOUT_DAY', { field: '/time' });
  const { pastDays, futureDays, returnDays } = LEAVE_LIMITS;
  if (begunAtMs === undefined)
    assertInRange(context, firstDay, timeZone, {
      field: '/firstDay',
      fromDays: -pastDays,
      toDays: futureDays,
    });
  assertInRange(context, returnDay, timeZone, { field: '/returnDay', fromDays: 0, toDays: returnDays });
  const startAtMs = begunAtMs ?? instantOf(context, firstDay, { time, timeZone }) ?? context.now();
  const returnAtMs = instantOf(context, returnDay, { time, timeZone });
  if (returnAtMs !== undefined && returnAtMs <= Math.max(startAtMs, context.now()))
    throw new Problem('RETURN_NOT_AFTER_START', { field: '/returnDay' });
  return {
    ...(firstDay === undefined ? {} : { firstDay }),
    ...(returnDay === undefined ? {} : { returnDay }),
    time,
    timeZone,
  };
}

function assertSuspicionHasNoDays(
  reason: LeaveReason,
  firstDay: string | undefined,
  returnDay: string | undefined,
): void {
  if (reason !== 'suspicious') return;
  if (firstDay !== undefined) throw new Problem('SUSPICIOUS_AT_ONCE', { field: '/firstDay' });
  if (returnDay !== undefined) throw new Problem('SUSPICIOUS_WITHOUT_RETURN', { field: '/returnDay' });
}

function assertInRange(
  { calendar, now }: Days,
  day: string | undefined,
  timeZone: string,
  { field, fromDays, toDays }: { readonly field: string; readonly fromDays: number; readonly toDays: number },
): void {
  if (day === undefined) return;
  if (!calendar.isDate(day)) throw new Problem('DATE_INVALID', { field });
  const today = calendar.localOf(now(), timeZone).date;
  const earliest = calendar.addDays(today, fromDays);
  const latest = calendar.addDays(today, toDays);
  if (day < earliest || day > latest)
    throw new Problem('DATE_OUT_OF_RANGE', { field, members: { earliest, latest } });
}

function instantOf(
  { calendar }: Days,
  day: string | undefined,
  { time, timeZone }: { readonly time: string; readonly timeZone: string },
): number | undefined {
  return day === undefined ? undefined : calendar.instantOf(day, time, timeZone).atMs;
}
