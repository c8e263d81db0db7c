import { createHash } from 'node:crypto';
import type { PeopleImport } from '../../domain/imports/people-import.ts';

type Seeded = Pick<PeopleImport, 'seed'>;

/** Crockford's alphabet, in which ids are written. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_SIGNS = 10;
const ROW_SIGNS = 4;
const MIXED_SIGNS = 12;

/**
 * The id of the person a row makes: the same for the same row of the same file, however often the file is sent, and in the order of the
 * rows. It has the form of every other id. Nothing secret is in it.
 */
export function rowPersonId({ seed }: Seeded, rowNumber: number): string {
  const time = inAlphabet(seed.atMs, TIME_SIGNS);
  return `per_${time}${inAlphabet(rowNumber, ROW_SIGNS)}${mixed(`${seed.importId}.${rowNumber}`)}`;
}

/** The row of this import that a person's id comes from; `undefined`: it comes from elsewhere. */
export function rowOfPersonId(theImport: Seeded, personId: string): number | undefined {
  const signs = personId.slice('per_'.length + TIME_SIGNS, 'per_'.length + TIME_SIGNS + ROW_SIGNS);
  const row = Array.from(signs).reduce((sum, sign) => sum * ALPHABET.length + ALPHABET.indexOf(sign), 0);
  return row > 0 && rowPersonId(theImport, row) === personId ? row : undefined;
}

function inAlphabet(value: number, signs: number): string {
  let text = '';
  for (let rest = value; text.length < signs; rest = Math.floor(rest / ALPHABET.length))
    text = `${ALPHABET[rest % ALPHABET.length] ?? ''}${text}`;
  return text;
}

/** Sixty bits of a hash: two files of one millisecond have different people. */
function mixed(text: string): string {
  const hash = createHash('sha256').update(text).digest();
  return [...hash.subarray(0, MIXED_SIGNS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
