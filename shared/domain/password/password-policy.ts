/**
 * What may be a password, by NIST SP 800-63B-4: length first, a list of what is tried first, no rules of composition. Every
 * character counts, spaces and all of Unicode; the same text in another Unicode form is the same password.
 */

/** Characters (code points). The shortest of the standard for a password that is the only factor; it asks that 64 be taken. */
export const PASSWORD_LENGTH = { shortest: 15, longest: 200 } as const;

export type PasswordFault = 'too_short' | 'too_long' | 'too_common' | 'holds_known_words';

/** Passwords that are tried first, in small letters. Implemented in `shared/platform/passwords`. */
export interface CommonPasswords {
  has(password: string): boolean;
}

/** The one form a password is counted, hashed and compared in: keyboards send the same letter in several. */
export function normalPassword(password: string): string {
  return password.normalize('NFKC');
}

/**
 * `knownWords`: what somebody who knows the person would try. They may stand in a password and do not count: what is left of
 * it without them is long enough.
 */
export function passwordFault(
  password: string,
  knownWords: readonly string[],
  common: CommonPasswords,
): PasswordFault | undefined {
  const normal = normalPassword(password);
  if (lengthOf(normal) < PASSWORD_LENGTH.shortest) return 'too_short';
  if (lengthOf(normal) > PASSWORD_LENGTH.longest) return 'too_long';
  const plain = plainForm(normal);
  if (isTooCommon(plain, common)) return 'too_common';
  const rest = without(plain, knownWords);
  return rest !== plain && lengthOf(rest) < PASSWORD_LENGTH.shortest ? 'holds_known_words' : undefined;
}

/** What a machine tries: a password of the list, written large, with figures for letters, signs around it, or repeated. */
function isTooCommon(plain: string, common: CommonPasswords): boolean {
  const unit = unitOf(plain);
  const bare = withoutSignsAround(unitOf(withoutSignsAround(plain)));
  const tried = [plain, unit, bare, withLettersForFigures(bare)];
  return lengthOf(unit) < SHORTEST_UNIT || isRun(unit) || tried.some((text) => common.has(text));
}

function withoutSignsAround(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

const SHORTEST_UNIT = 5;

/** The part that a text repeats, also where the last repetition is cut; the text itself where it repeats nothing. */
function unitOf(text: string): string {
  for (let length = 1; length < text.length; length += 1)
    if (text.startsWith(text.slice(length))) return text.slice(0, length);
  return text;
}

/** `abcdefg…`, `7654321…`. */
function isRun(text: string): boolean {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const steps = new Set(points.slice(1).map((point, index) => point - (points[index] ?? 0)));
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}

const LETTER_OF: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

function withLettersForFigures(text: string): string {
  return text.replace(/[013457@$!]/gu, (figure) => LETTER_OF[figure] ?? figure);
}

function without(plain: string, words: readonly string[]): string {
  const longestFirst = words.map(plainForm).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, word) => (word === '' ? rest : rest.replaceAll(word, '')), plain);
}

/** Small letters without accents: who tries `jose` tries `José`. */
function plainForm(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/gu, '')
    .normalize('NFKC')
    .toLowerCase();
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
