import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { knownWords } from '../../../../shared/domain/password/known-words.ts';
import {
  normalPassword,
  PASSWORD_LENGTH,
  passwordFault,
} from '../../../../shared/domain/password/password-policy.ts';
import { commonPasswords } from '../../../../shared/platform/passwords/common-passwords.ts';
import { generatePassword } from '../../../../shared/platform/passwords/generate-password.ts';

const MARY = {
  firstName: 'Mary José',
  lastName: "O'Brien-Somerville",
  address: 'm.somer@harbour.example',
  aliases: ['treasurer@harbour.example'],
};
const HARBOUR = { name: 'Harbour Pilots Ltd', domains: ['harbour.example', 'old-quay.example'] };
const words = knownWords(MARY, HARBOUR);
const faultOf = (password: string) => passwordFault(password, words, commonPasswords);

test.each([
  ['words with spaces', 'seagulls over the tide'],
  ['letters alone', 'seagullsoverthetide'],
  ['figures alone', '839201748392057'],
  ['another script', 'чайки летят над морем'],
  ['signs that are not letters', '🐟🦀🐚⚓🚢🌊🐋🐙🦑🐠🦈🐬🌅🧭⛵'],
  ['a space at both ends', ' fourteen signs '],
  [
    'sixty-four characters',
    'tide '.repeat(3) + 'x1'.repeat(4) + 'and forty-one further characters, or so !!',
  ],
  ['a known word beside enough others', 'mary had a lamb whose fleece'],
])('takes %s', (_what, password) => {
  expect(faultOf(password)).toBeUndefined();
});

test.each([
  ['fourteen characters', 'gulls over sea', 'too_short'],
  ['fourteen signs of two units each', '🐟🦀🐚⚓🚢🌊🐋🐙🦑🐠🦈🐬🌅🧭', 'too_short'],
  ['more than two hundred', 'gulls '.repeat(33) + 'and', 'too_long'],
  ['a password of the list, as long as it is', '1QAZ2wsx3edc4rfv', 'too_common'],
  ['one written large, twice', 'PassWord PassWord!', 'too_common'],
  ['one with figures around it', '2026sunshine123456', 'too_common'],
  ['one with figures for letters', '!!!P@55w0rd!!!!!!!', 'too_common'],
  ['one with accents', 'pässwörd1234567', 'too_common'],
  ['one letter', 'aaaaaaaaaaaaaaaaaaa', 'too_common'],
  ['a piece that is repeated', 'xk9!xk9!xk9!xk9!xk', 'too_common'],
  ['the alphabet', 'bcdefghijklmnopqrs', 'too_common'],
  ['figures in a row', '987654321098765', 'too_common'],
  ['the name', 'xx-somerville-xx', 'holds_known_words'],
  ['the name, written otherwise', 'SOMERVILLE Jose 12', 'holds_known_words'],
  ['the address', 'm.somer@harbour.example', 'holds_known_words'],
  ['an alias', 'treasurer-zq82 k', 'holds_known_words'],
  ['the organisation', 'pilots in harbour!', 'holds_known_words'],
  ['a domain', 'the-old-quay-7731', 'holds_known_words'],
  ['our own name', 'gangway-8817-lmo', 'holds_known_words'],
] as const)('refuses %s', (_what, password, fault) => {
  expect(faultOf(password)).toBe(fault);
});

test('counts and compares the one form of a text, however a keyboard sends it', () => {
  const composed = 'Crème brûlée à lété';
  expect(normalPassword(composed.normalize('NFD'))).toBe(normalPassword(composed));
  const seven = 'é ü ö à';
  expect(faultOf((seven + seven).normalize('NFD'))).toBe('too_short');
});

test('is decided by the length for whatever is not known', () => {
  const none = { has: () => false };
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 260 }), (text) => {
      const length = Array.from(normalPassword(text)).length;
      const fault = passwordFault(text, [], none);
      if (length < PASSWORD_LENGTH.shortest) expect(fault).toBe('too_short');
      else if (length > PASSWORD_LENGTH.longest) expect(fault).toBe('too_long');
      else expect(['too_common', undefined]).toContain(fault);
    }),
  );
});

test('makes passwords that it takes itself, that are read easily and are never the same', () => {
  const made = Array.from({ length: 2_000 }, generatePassword);
  expect(new Set(made).size).toBe(made.length);
  for (const password of made) {
    expect(password).toMatch(/^([a-km-np-z2-9]{4}-){4}[a-km-np-z2-9]{4}$/u);
    expect(faultOf(password)).toBeUndefined();
  }
  const letters = new Set(made.join('').replaceAll('-', ''));
  expect(letters.size).toBe(32);
});
