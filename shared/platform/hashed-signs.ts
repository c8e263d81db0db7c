import { createHash } from 'node:crypto';

/** Crockford's alphabet, in which ids are written. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Of the time in front of an id. */
export const TIME_SIGNS = 10;

export function inAlphabet(value: number, signs: number): string {
  let text = '';
  for (let rest = value; text.length < signs; rest = Math.floor(rest / ALPHABET.length))
    text = `${ALPHABET[rest % ALPHABET.length] ?? ''}${text}`;
  return text;
}

/** Five bits of the hash of a text for each sign, at most 32 of them. */
export function hashedSigns(text: string, signs: number): string {
  const hash = createHash('sha256').update(text).digest();
  return [...hash.subarray(0, signs)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
