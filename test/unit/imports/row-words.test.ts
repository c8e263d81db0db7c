import { describe, expect, test } from '@jest/globals';
import { splitWords } from '../../../shared/domain/imports/list-value.ts';
import {
  readBytes,
  readDate,
  readLocale,
  readOperation,
  readRole,
  readYesOrNo,
} from '../../../shared/domain/imports/row-words.ts';

describe('what rows say in words', () => {
  test.each([
    ['create', 'create'],
    ['Créer', 'create'],
    ['UPDATE', 'update'],
    ['aendern', undefined],
    ['Ändern', 'update'],
    ['Départ', 'departure'],
    ['Austritt', 'departure'],
    ['uscita', 'departure'],
    ['delete', undefined],
    ['', undefined],
  ])('the operation %p is %p', (text, operation) => expect(readOperation(text)).toBe(operation));

  test.each([
    ['Ja', true],
    ['sì', true],
    ['x', true],
    ['0', false],
    ['Faux', false],
    ['maybe', undefined],
  ])('%p is %p', (text, meaning) => expect(readYesOrNo(text)).toBe(meaning));

  test.each([
    ['5368709120', 5_368_709_120],
    ['5 GiB', 5_368_709_120],
    ['1,5 GB', 1_500_000_000],
    ['500mb', 500_000_000],
    ['5 apples', undefined],
    ['-1', undefined],
    ['constructor', undefined],
    ['1 constructor', undefined],
  ])('the size %p is %p', (text, bytes) => expect(readBytes(text)).toBe(bytes));

  test.each([
    ['29.1.2027', '2027-01-29'],
    ['2027-01-29', '2027-01-29'],
    ['1/2/2027', '1/2/2027'],
  ])('the date %p is %p', (text, date) => expect(readDate(text)).toBe(date));

  test('targets and addresses stand apart by semicolons, commas or lines', () => {
    expect(splitWords('directory, branch;archive\nmail;; ')).toEqual([
      'directory',
      'branch',
      'archive',
      'mail',
    ]);
  });

  test('roles and locales', () => {
    expect([readRole('Benutzer'), readRole('Admin'), readRole('root')]).toEqual([
      'user',
      'administrator',
      undefined,
    ]);
    expect([readLocale('fr_ch'), readLocale('DE')]).toEqual(['fr-CH', 'de']);
  });
});
