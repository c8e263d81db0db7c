import type { LocalCalendar } from '../../local-calendar.ts';
import { at, type StepDraft } from '../plan-step.ts';
import type { DepartureDays } from './departure-days.ts';

/** How long data may be kept by an outcome, in years from the leave day. */
export const MAX_RETENTION_YEARS = 10;

/** The same local day so many years later; 28 February for the leap day of a year without one. */
export function yearsAfter(date: string, years: number, calendar: Pick<LocalCalendar, 'isDate'>): string {
  const moved = `${String(Number(date.slice(0, 4)) + years)}${date.slice(4)}`;
  return calendar.isDate(moved) ? moved : `${moved.slice(0, 5)}02-28`;
}

/** Somebody is asked every year whether the data is still needed: nothing is kept by being forgotten. */
export function retention({ retention: kept }: DepartureDays): readonly StepDraft[] {
  return (kept?.reviewsAtMs ?? []).map((atMs, index) => ({
    key: `review-retention-${index + 1}`,
    kind: 'reviewRetention',
    due: at(atMs),
    params: { year: index + 1 },
  }));
}
