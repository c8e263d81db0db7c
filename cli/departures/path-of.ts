/** Of a departure at the API; the id may be anything that somebody typed. */
export function pathOf(departureId: string): string {
  return `/v1/departures/${encodeURIComponent(departureId)}`;
}
