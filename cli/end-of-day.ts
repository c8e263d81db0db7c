/** The end of a day, in UTC, where only a day is given: until then includes the day. An instant is passed on as it is. */
export function endOfDay(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T23:59:59.999Z` : text;
}
