import { Temporal } from 'temporal-polyfill';
import type { LocalCalendar } from '../domain/local-calendar.ts';

const LOCAL_FORMAT = /^(?<date>.+)T(?<time>\d{2}:\d{2})(?<offset>.+)$/u;
const DATE_FORMAT = /^\d{4}-\d{2}-\d{2}$/u;

/**
 * The calendar of the IANA zones this Node knows. `disambiguation: 'compatible'` is the stated rule: a time left out by a
 * clock change moves forward by the length of the gap, of a doubled time the first is taken.
 */
export const localCalendar: LocalCalendar = {
  instantOf(date, time, timeZone) {
    const wanted = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
    const found = wanted.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
    return { atMs: found.epochMilliseconds, adjusted: !found.toPlainDateTime().equals(wanted) };
  },

  addDays(date, days) {
    return Temporal.PlainDate.from(date).add({ days }).toString();
  },

  localOf(atMs, timeZone) {
    const zoned = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
    // Written once and taken apart: three conversions take three times as long, and a page shows a hundred instants.
    const text = zoned.toString({ smallestUnit: 'minute', timeZoneName: 'never' });
    const found = LOCAL_FORMAT.exec(text)?.groups as Readonly<Record<'date' | 'time' | 'offset', string>>;
    return { date: found.date, time: found.time, offset: found.offset };
  },

  /** IANA names only: an offset such as `+02:00` is no zone, it knows no clock change. */
  isZone(timeZone) {
    if (!/^[A-Za-z]/u.test(timeZone)) return false;
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  },

  isDate(date) {
    if (!DATE_FORMAT.test(date)) return false;
    try {
      Temporal.PlainDate.from(date, { overflow: 'reject' });
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  },
};
