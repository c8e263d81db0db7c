import type { ShownInstant } from '../../shared/platform/api-client/shown-departure.ts';
import { localCalendar } from '../../shared/platform/local-calendar.ts';

/** `2027-03-31 17:30 +02:00` */
export function localTime({ local }: ShownInstant): string {
  return local.replace('T', ' ').replace(/(?=[+-]\d\d:\d\d$|Z$)/u, ' ');
}

export function localTimeOf(atMs: number, timeZone: string): string {
  const { date, time, offset } = localCalendar.localOf(atMs, timeZone);
  return `${date} ${time} ${offset}`;
}
