/** How a number is meant, as its style says. */
export type NumberFormat =
  | { readonly kind: 'plain' }
  | { readonly kind: 'date' }
  /** `00000`: a number that is none, such as that of a member of staff. */
  | { readonly kind: 'padded'; readonly digits: number };

export const PLAIN: NumberFormat = { kind: 'plain' };

/** ECMA-376, part 1, 18.8.30: formats that have a number instead of a code. 27 to 36 and 50 to 58 are those of East Asia. */
const BUILT_IN_DATES: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Excel takes no longer one. */
const LONGEST_CODE = 255;

export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (BUILT_IN_DATES.some(([from, to]) => id >= from && id <= to)) return { kind: 'date' };
  if (code === undefined) return PLAIN;
  if (/^0{2,}$/u.test(code)) return { kind: 'padded', digits: code.length };
  // Not what is quoted, escaped or in brackets, such as a colour or a currency; `[h]` and its like count hours.
  const letters = code.slice(0, LONGEST_CODE).replace(/"[^"]*"|\\.|_.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/giu, '');
  return /[dmyhs]/iu.test(letters) && !/general/iu.test(letters) ? { kind: 'date' } : PLAIN;
}

const DAY_MS = 86_400_000;
/** The days before the first of March 1900 are one off: Excel has a 29th of February there, as Lotus 1-2-3 had. */
const FIRST_RIGHT_DAY = 61;

/** `2027-01-29`, with `T17:30:00` where there is a time, or the time alone. `undefined` where it is no date that can be written. */
export function dateText(serial: number, from1904: boolean): string | undefined {
  const shift = from1904 ? 0 : serial < FIRST_RIGHT_DAY ? 1 : 0;
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const instant = new Date(epoch + Math.round(((serial + shift) * DAY_MS) / 1000) * 1000);
  if (serial < 0 || Number.isNaN(instant.getTime()) || instant.getUTCFullYear() > 9999) return undefined;
  const [day = '', time = ''] = instant.toISOString().slice(0, 19).split('T');
  if (!from1904 && serial < 1) return time;
  return time === '00:00:00' ? day : `${day}T${time}`;
}

/** The serial of a date, as Excel counts since 1900. Of days from March 1900 on. */
export function serialOf(utcMs: number): number {
  return (utcMs - Date.UTC(1899, 11, 30)) / DAY_MS;
}
