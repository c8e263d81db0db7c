import { randomBytes } from 'node:crypto';

/** 32 letters and figures of which none looks like another: each is five bits of chance, without a remainder. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP_LENGTH = 4;

/** 100 bit in groups that can be read out and typed, e.g. `kf7m-x2qd-9hwt-r4vb-3nze`. */
export function generatePassword(): string {
  const letters = [...randomBytes(GROUPS * GROUP_LENGTH)].map((byte) => LETTERS[byte % LETTERS.length] ?? '');
  return Array.from({ length: GROUPS }, (_, group) =>
    letters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  ).join('-');
}
