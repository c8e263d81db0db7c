import type { PeopleImport } from '../../domain/imports/people-import.ts';
import { ALPHABET, hashedSigns, inAlphabet, TIME_SIGNS } from '../hashed-signs.ts';

type Seeded = Pick<PeopleImport, 'seed'>;

const ROW_SIGNS = 4;
/** Two files of one millisecond have different people. */
const MIXED_SIGNS = 12;

/**
 * The id of the person a row makes: the same for the same row of the same file, however often the file is sent, and in the order of the
 * rows. It has the form of every other id. Nothing secret is in it.
 */
export function rowPersonId({ seed }: Seeded, rowNumber: number): string {
  const time = inAlphabet(seed.atMs, TIME_SIGNS);
  return `per_${time}${inAlphabet(rowNumber, ROW_SIGNS)}${hashedSigns(`${seed.importId}.${rowNumber}`, MIXED_SIGNS)}`;
}

/** The row of this import that a person's id comes from; `undefined`: it comes from elsewhere. */
export function rowOfPersonId(theImport: Seeded, personId: string): number | undefined {
  const signs = personId.slice('per_'.length + TIME_SIGNS, 'per_'.length + TIME_SIGNS + ROW_SIGNS);
  const row = Array.from(signs).reduce((sum, sign) => sum * ALPHABET.length + ALPHABET.indexOf(sign), 0);
  return row > 0 && rowPersonId(theImport, row) === personId ? row : undefined;
}
