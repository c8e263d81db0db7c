import type { Transliteration } from './transliteration.ts';

export interface Names {
  readonly firstName: string;
  readonly lastName: string;
}

/** Names as an address can hold them: `a` to `z`, digits, single hyphens inside. Empty where nothing is left. */
export interface LatinNames {
  /** The first of the first names. */
  readonly first: string;
  /** The first letter of the second one. */
  readonly secondInitial: string;
  readonly last: string;
}

/** Written together with the name that follows. */
export const PARTICLES: readonly string[] = [
  ...[
    'af',
    'al',
    'av',
    'ben',
    'bin',
    'bint',
    'da',
    'das',
    'de',
    'degli',
    'dei',
    'del',
    'della',
    'den',
    'der',
  ],
  ...['des', 'di', 'do', 'dos', 'du', 'el', 'ibn', 'la', 'le', 'lo', 'mac', 'mc', 'o', 'op', 'saint', 'san'],
  ...['sankt', 'santa', 'st', 't', 'te', 'ten', 'ter', 'van', 'vom', 'von', 'zu', 'zum', 'zur'],
];
const IS_PARTICLE: ReadonlySet<string> = new Set(PARTICLES);

/** Between the letters of one word: apostrophes, accents that stand alone, and characters that are not seen. */
const WITHIN_WORDS = /['’‘‛`´ʹʻʼʽ′＇\p{Cf}]/gu;
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{Nd}\p{Pd}]+/u;
const HYPHENS = /\p{Pd}+/u;

/**
 * Of several first names the first one counts. Hyphens stay; apostrophes go; particles are written together with the name that
 * follows; other words of a last name are joined by hyphens.
 */
export function latinNames(names: Names, locale: string, transliteration: Transliteration): LatinNames {
  const words = (text: string): readonly string[] => wordsOf(text, locale, transliteration);
  const [first = '', second = ''] = words(names.firstName);
  return { first, secondInitial: second.slice(0, 1), last: joinLastName(words(names.lastName)) };
}

function wordsOf(text: string, locale: string, transliteration: Transliteration): readonly string[] {
  const latin = (part: string): string =>
    transliteration
      .toLatin(part, locale)
      .toLowerCase()
      .replace(/[^a-z0-9]/gu, '');
  return text
    .normalize('NFC')
    .replace(WITHIN_WORDS, '')
    .split(BETWEEN_WORDS)
    .map((word) => present(word.split(HYPHENS).map(latin)).join('-'))
    .filter((word) => word !== '');
}

function present(parts: readonly string[]): readonly string[] {
  return parts.filter((part) => part !== '');
}

/** The last word is a name, whatever it is: some people are called Le, or Van. */
function joinLastName(words: readonly string[]): string {
  const isLast = (index: number): boolean => index === words.length - 1;
  return words
    .map((word, index) => (isLast(index) ? word : `${word}${IS_PARTICLE.has(word) ? '' : '-'}`))
    .join('');
}
