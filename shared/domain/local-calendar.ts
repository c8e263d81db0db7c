/**
 * Turns local dates into instants. Implemented at the API (`shared/platform/local-calendar.ts`) and never called from a
 * workflow. Dates are ISO `YYYY-MM-DD`, times `HH:MM`, zones IANA names.
 */
export interface LocalCalendar {
  /**
   * The instant of a local time. A time that a clock change leaves out is moved forward by the length of the gap; of a
   * time that happens twice the first is taken, so that nobody keeps access an hour longer than announced.
   */
  instantOf(
    date: string,
    time: string,
    timeZone: string,
  ): { readonly atMs: number; readonly adjusted: boolean };
  addDays(date: string, days: number): string;
  /** The local date and time of an instant; the time is cut to the minute. */
  localOf(
    atMs: number,
    timeZone: string,
  ): { readonly date: string; readonly time: string; readonly offset: string };
  isZone(timeZone: string): boolean;
  isDate(date: string): boolean;
}
