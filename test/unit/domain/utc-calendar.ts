import type { LocalCalendar } from '../../../shared/domain/local-calendar.ts';
import { DAY } from './sample-plan.ts';

/** Knows UTC only, by plain arithmetic: quick enough for thousands of plans. */
export const utcCalendar: LocalCalendar = {
  instantOf: (date, time) => ({ atMs: Date.parse(`${date}T${time}Z`), adjusted: false }),
  addDays: (date, days) => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10),
  localOf(atMs) {
    const text = new Date(atMs).toISOString();
    return { date: text.slice(0, 10), time: text.slice(11, 16), offset: '+00:00' };
  },
  isZone: (timeZone) => timeZone === 'UTC',
  isDate: (date) => /^\d{4}-\d{2}-\d{2}$/u.test(date) && !Number.isNaN(Date.parse(date)),
};
