import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

/** Somebody whose time is longer than this is not here for a time. */
const LONGEST_DAYS = 3_653;

/** The last day of somebody who is here for a time lies ahead: a departure needs no less. `from`: not before this local date. */
export function assertEndsOn(
  { calendar, now }: Pick<ApiContext, 'calendar' | 'now'>,
  endsOn: string | null | undefined,
  of: { readonly timeZone: string; readonly from?: string },
): void {
  if (typeof endsOn !== 'string') return;
  const field = '/endsOn';
  if (!calendar.isDate(endsOn)) throw new Problem('DATE_INVALID', { field });
  const today = calendar.localOf(now(), of.timeZone).date;
  const earliest = of.from !== undefined && of.from > today ? of.from : today;
  const latest = calendar.addDays(today, LONGEST_DAYS);
  if (endsOn < earliest || endsOn > latest)
    throw new Problem('DATE_OUT_OF_RANGE', { field, members: { earliest, latest } });
}
