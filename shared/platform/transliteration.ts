import byLanguage from '@sindresorhus/transliterate';
import anyAscii from 'any-ascii';
import type { Transliteration } from '../domain/naming/transliteration.ts';

/** Those that write a letter otherwise than it looks, e.g. German `ü` as `ue`, Danish `ø` as `oe`. */
const LANGUAGES_WITH_RULES: ReadonlySet<string> = new Set(['da', 'de', 'nb', 'no', 'sr']);

/** One library knows the rules of languages, the other every script there is. */
export const transliteration: Transliteration = {
  toLatin(text, locale) {
    const [language = ''] = locale.split('-');
    return anyAscii(LANGUAGES_WITH_RULES.has(language) ? byLanguage(text, { locale }) : text);
  },
};
