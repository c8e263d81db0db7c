import { latinNames, PARTICLES, type Names } from './latin-names.ts';
import type { Transliteration } from './transliteration.ts';

/** Letters as they look: somebody may be Mueller in the files and have an alias of the times before. */
const NO_LANGUAGE = 'und';
const SHORT = 2;

/**
 * Whether what is before an @ holds one of somebody's first or last names, as names are written in addresses: without dots, hyphens,
 * digits and case, by the rules of their language or without. An initial is no name. `undefined`: the names have nothing that could
 * be written in an address.
 */
export function holdsName(
  localPart: string,
  names: Names,
  locale: string,
  transliteration: Transliteration,
): boolean | undefined {
  let anyName = false;
  for (const language of new Set([locale, NO_LANGUAGE])) {
    const words = transliteration
      .toLatin(localPart, language)
      .toLowerCase()
      .split(/[^a-z]+/u);
    for (const name of namesIn(names, language, transliteration)) {
      if (isWithin(name, words)) return true;
      anyName = true;
    }
  }
  return anyName ? false : undefined;
}

/** A short name is in many words by accident: it has to be a word of its own, or to stand behind an initial. */
function isWithin(name: string, words: readonly string[]): boolean {
  if (name.length > SHORT) return words.join('').includes(name);
  return words.some((word) => word === name || (word.length === name.length + 1 && word.endsWith(name)));
}

function namesIn(names: Names, language: string, transliteration: Transliteration): ReadonlySet<string> {
  const written = (firstName: string, lastName = ''): string => {
    const { first, last } = latinNames({ firstName, lastName }, language, transliteration);
    return first + last;
  };
  const words = `${names.firstName} ${names.lastName}`.split(/\s+/u).map((word) => written(word));
  const all = [written('', names.lastName), ...words, ...words.flatMap((word) => word.split('-'))];
  return new Set(
    all
      .map((name) => name.replace(/[^a-z]/gu, ''))
      .filter((name) => name.length >= SHORT && !PARTICLES.includes(name)),
  );
}
