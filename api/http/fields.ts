import { z } from 'zod';
import { ADDRESS_OCTETS, LOCAL_PART_OCTETS, localPartOf } from '../../shared/domain/naming/address-limits.ts';

/** Fields that several bodies have. Unknown fields are refused by `z.strictObject` where they are used. */
const CONTROL = /\p{Cc}/u;
/**
 * What makes a name look like another one: marks that turn the direction of writing, and characters that are not seen. The two
 * joiners are letters' own in some scripts.
 */
const DECEIVING = /(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u;
const SEEN = /[^\p{Cf}\p{M}\p{Z}]/u;
const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !CONTROL.test(text), { error: 'One line, without control characters.' });

export const nameField = oneLine(100)
  .refine((name) => !DECEIVING.test(name), {
    error: 'Without characters that are not seen or turn the direction of writing.',
  })
  .refine((name) => SEEN.test(name), { error: 'A name has something to read.' });
export const shortText = oneLine(200);
/** A mail folder. */
export const folderField = oneLine(200);
export const longText = z.string().trim().min(1).max(5_000);
export const idField = z.string().regex(/^[a-z]{3}_[0-9A-Za-z]{1,40}$/u);
export const addressField = z
  .email()
  .max(ADDRESS_OCTETS)
  .toLowerCase()
  .refine((address) => localPartOf(address).length <= LOCAL_PART_OCTETS, {
    error: `Before the @ there are ${LOCAL_PART_OCTETS} characters at most.`,
  });
export const domainField = z
  .string()
  .toLowerCase()
  .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/u);
export const countryField = z
  .string()
  .regex(/^[A-Z]{2}$/u)
  .describe('ISO 3166-1 alpha-2.');
export const localeField = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/u)
  .describe('BCP 47, e.g. `fr-CH`.');
/** `fr` of `fr-CH`. */
export const languageField = z.string().regex(/^[a-z]{2,3}$/u);
/** Checked against the calendar afterwards, so that a wrong one gets a code of its own. */
export const zoneField = z.string().min(1).max(64).describe('The IANA name of a time zone.');
export const timeField = z.string().max(8).describe('A time of day, `HH:MM`.');
export const dateField = z.string().max(16).describe('A local date, `YYYY-MM-DD`.');

export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/u.test(text);
}

export const targetField = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/u)
  .describe('The id of a target, e.g. `directory`.');

/** Yes or no in a query. */
export const flagField = z.enum(['true', 'false']);

/** One or several words in a query: with commas, or in a field each. */
export function severalOf<const T extends readonly string[]>(words: T) {
  const one = z.enum(words);
  const texts = z.union([z.string(), z.array(z.string())]);
  const split = (given: unknown): unknown => {
    const parsed = texts.safeParse(given);
    return parsed.success ? [...new Set([parsed.data].flat().join().split(','))] : given;
  };
  return z.preprocess(split, z.union([z.array(one), one])).transform((given) => [given].flat());
}
