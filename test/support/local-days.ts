/** The UTC date of an instant, some days later. */
export function addDays(atMs: number, days: number): string {
  return new Date(atMs + days * 86_400_000).toISOString().slice(0, 10);
}
