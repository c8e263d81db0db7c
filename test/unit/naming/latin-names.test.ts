import { expect, test } from '@jest/globals';
import { latinNames } from '../../../shared/domain/naming/latin-names.ts';
import { transliteration } from '../../../shared/platform/transliteration.ts';

const latin = (firstName: string, lastName: string, locale = 'en') => {
  const { first, secondInitial, last } = latinNames({ firstName, lastName }, locale, transliteration);
  return [first, secondInitial, last].join('|');
};

test.each([
  ['Zoë', 'Nuñez', 'zoe||nunez'],
  ['Łukasz', 'Żółć', 'lukasz||zolc'],
  ['Đặng', 'Nguyễn', 'dang||nguyen'],
  ['Ægir', 'Þórðarson', 'aegir||thordarson'],
  ['Œuvre', 'ﬁn', 'oeuvre||fin'],
  ['İbrahim', 'Işık', 'ibrahim||isik'],
  ['Наталья', 'Щербакова', 'natalya||shcherbakova'],
  ['Γιώργος', 'Παπαδόπουλος', 'giorgos||papadopoylos'],
  ['小龙', '李', 'xiaolong||li'],
  ['さくら', 'やまだ', 'sakura||yamada'],
  ['민수', '김', 'minsu||gim'],
  ['علی‌رضا', 'محمد', 'lyrd||mhmd'],
  ['Zoe\u0308', 'Nun\u0303ez', 'zoe||nunez'],
])('writes %s %s in Latin letters', (firstName, lastName, expected) => {
  expect(latin(firstName, lastName)).toBe(expected);
});

test('writes the letters of some languages in their own way', () => {
  expect(latin('Jürgen', 'Größe', 'de')).toBe('juergen||groesse');
  expect(latin('Ju\u0308rgen', 'Größe', 'de-CH')).toBe('juergen||groesse');
  expect(latin('Jürgen', 'Größe', 'fr-CH')).toBe('jurgen||grosse');
  expect(latin('Agüero', 'Åberg', 'es')).toBe('aguero||aberg');
  expect(latin('Søren', 'Åberg', 'da')).toBe('soeren||aaberg');
  expect(latin('小龙', 'Ünal', 'de')).toBe('xiaolong||uenal');
});

test.each([
  ['Mary Jane', 'Watson', 'mary|j|watson'],
  ['Jean-Luc Marie', 'Picard', 'jean-luc|m|picard'],
  ['J. R.', 'Ewing', 'j|r|ewing'],
  ['Anna‐Lena', 'Müller–Lüdenscheid', 'anna-lena||muller-ludenscheid'],
  ['Ursula', 'von der Leyen', 'ursula||vonderleyen'],
  ['Vincent', 'VAN GOGH', 'vincent||vangogh'],
  ['Juan', 'de la Cruz Pérez', 'juan||delacruz-perez'],
  ['Gerard', "'t Hooft", 'gerard||thooft'],
  ['Gabriel', 'García Márquez', 'gabriel||garcia-marquez'],
  ['Thị', 'Le', 'thi||le'],
  ['An', 'Van Le', 'an||vanle'],
  ['Sinéad', 'O’Connor', 'sinead||oconnor'],
  ["D'Arcy", 'O Brien', 'darcy||obrien'],
  ['--Ada--', '- Lovelace -', 'ada||lovelace'],
  ['Ada (“Countess”)', 'Lovelace, PhD', 'ada|c|lovelace-phd'],
  ['😀 Ada 😀', 'Lovelace🏳️‍🌈', 'ada||lovelace'],
])('takes %s %s apart by the stated rules', (firstName, lastName, expected) => {
  expect(latin(firstName, lastName)).toBe(expected);
});

test('leaves nothing of what has no letters', () => {
  expect(latin('😀', '—')).toBe('||');
  expect(latin('½', '★ ★')).toBe('||');
});
