/** The same day of the month, UTC, `months` later; the last day of a month that is shorter. */
export function monthsAfter(atMs: number, months: number): number {
  const from = new Date(atMs);
  const target = new Date(atMs);
  target.setUTCDate(1);
  target.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return target.getTime();
}
