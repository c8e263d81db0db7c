import type { LocalCalendar } from '../../shared/domain/local-calendar.ts';

/** An instant as the API shows it: UTC, RFC 3339. */
export function utc(atMs: number): string {
  return new Date(atMs).toISOString();
}

export interface ShownInstant {
  readonly utc: string;
  /** Local date, time and offset, e.g. `2027-03-31T17:30+02:00`. */
  readonly local: string;
}

export function shownInstant(atMs: number, timeZone: string, calendar: LocalCalendar): ShownInstant {
  const { date, time, offset } = calendar.localOf(atMs, timeZone);
  return { utc: utc(atMs), local: `${date}T${time}${offset}` };
}
