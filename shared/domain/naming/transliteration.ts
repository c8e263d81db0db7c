/**
 * Writes any script in Latin letters. Implemented at the API (`shared/platform/transliteration.ts`). The same text in the same
 * language always comes out the same; what has no letters comes out with none.
 */
export interface Transliteration {
  /** `locale`: BCP 47. Some languages write a letter in their own way: German `ü` is `ue`. */
  toLatin(text: string, locale: string): string;
}
