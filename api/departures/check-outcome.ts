import type { DepartureOutcome } from '../../shared/domain/departure.ts';
import type { DepartureProcedure } from '../../shared/domain/planner/departure-procedure.ts';
import { MAX_RETENTION_YEARS, yearsAfter } from '../../shared/domain/planner/departure/retention.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

type Calendar = Pick<ApiContext, 'calendar'>;

/** Data is kept beyond the leave day, and for ten years at most. */
export function outcomeOf(
  { calendar }: Calendar,
  wanted: DepartureOutcome | undefined,
  leaveDate: string,
): DepartureOutcome | undefined {
  if (wanted?.kind !== 'retain') return wanted;
  const field = '/outcome/until';
  if (!calendar.isDate(wanted.until)) throw new Problem('DATE_INVALID', { field });
  const earliest = calendar.addDays(leaveDate, 1);
  const latest = yearsAfter(leaveDate, MAX_RETENTION_YEARS, calendar);
  if (wanted.until < earliest || wanted.until > latest)
    throw new Problem('RETENTION_OUT_OF_RANGE', { field, members: { earliest, latest } });
  return wanted;
}

/** The local day on which the account is deleted at the earliest. */
export function deletionDateOf(
  { calendar }: Calendar,
  leaveDate: string,
  outcome: DepartureOutcome | undefined,
  { purgeDay, graceDays }: Pick<DepartureProcedure, 'purgeDay' | 'graceDays'>,
): string {
  const gate = calendar.addDays(leaveDate, purgeDay);
  const opens = outcome?.kind === 'retain' && outcome.until > gate ? outcome.until : gate;
  return calendar.addDays(opens, graceDays);
}
