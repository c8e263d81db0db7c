import { describe, expect, test } from '@jest/globals';
import { candidatesOf, isCandidate } from '../../../shared/domain/naming/candidates.ts';
import type { LatinNames } from '../../../shared/domain/naming/latin-names.ts';
import { CONVENTIONS, type NamingRule } from '../../../shared/domain/naming/naming-rule.ts';

const ada: LatinNames = { first: 'ada', secondInitial: 'm', last: 'lovelace' };
const rule = (fields: Partial<NamingRule> = {}): NamingRule => ({
  ...{ convention: 'first.last', onCollision: 'number' },
  ...fields,
});

/** The first `count`, each with why it is given to nobody. */
function first(count: number, names: LatinNames, naming: NamingRule, room = 64): readonly string[] {
  const found: string[] = [];
  for (const { localPart, by, refused } of candidatesOf(names, naming, room)) {
    found.push([localPart, by, ...(refused === undefined ? [] : [refused])].join(' '));
    if (found.length === count) break;
  }
  return found;
}

test('begins with the convention and goes on with numbers from 2', () => {
  const plain = CONVENTIONS.map((convention) => first(1, ada, rule({ convention }))[0]);
  expect(plain).toEqual([
    ...['ada.lovelace convention', 'a.lovelace convention', 'ada convention'],
    ...['lovelace.ada convention', 'adalovelace convention'],
  ]);
  expect(first(3, ada, rule()).slice(1)).toEqual(['ada.lovelace2 number', 'ada.lovelace3 number']);
});

test.each([
  [rule({ onCollision: 'f.lastname' }), 'a.lovelace collision_rule'],
  [rule({ convention: 'firstlast', onCollision: 'f.lastname' }), 'a.lovelace collision_rule'],
  [rule({ convention: 'f.last', onCollision: 'f.lastname' }), 'a.lovelace collision_rule SAME_AGAIN'],
  [rule({ onCollision: 'middle_initial' }), 'ada.m.lovelace collision_rule'],
  [rule({ convention: 'f.last', onCollision: 'middle_initial' }), 'a.m.lovelace collision_rule'],
  [rule({ convention: 'first', onCollision: 'middle_initial' }), 'ada.m collision_rule'],
  [rule({ convention: 'last.first', onCollision: 'middle_initial' }), 'lovelace.ada.m collision_rule'],
  [rule({ convention: 'firstlast', onCollision: 'middle_initial' }), 'adamlovelace collision_rule'],
])('goes on by %j, and with numbers behind the convention', (naming, second) => {
  const [plain = '', next, number] = first(3, ada, naming);
  expect(next).toBe(second);
  expect(number).toBe(plain.replace(' convention', '2 number'));
});

test('says when there is no second first name', () => {
  const names = { ...ada, secondInitial: '' };
  expect(first(3, names, rule({ onCollision: 'middle_initial' }))).toEqual([
    ...['ada.lovelace convention', ' collision_rule NAME_MISSING', 'ada.lovelace2 number'],
  ]);
});

describe('a reserved name', () => {
  test('is given to nobody: another form is, and numbers stand behind that', () => {
    const root = { first: 'root', secondInitial: '', last: 'meyer' };
    expect(first(6, root, rule({ convention: 'first' }))).toEqual([
      'root convention RESERVED',
      ...['root.meyer other_form', 'r.meyer other_form', 'meyer.root other_form'],
      ...['root.meyer2 number', 'root.meyer3 number'],
    ]);
  });

  test('is known with dots, hyphens and a number as well', () => {
    const posing = [
      ['post', 'master'],
      ['no-re', 'ply'],
      ['ad', 'min2'],
    ] as const;
    for (const [given, last] of posing)
      expect(first(1, { first: given, secondInitial: '', last }, rule())[0]).toMatch(/ RESERVED$/u);
  });

  test('leaves nothing where every form is reserved', () => {
    const all = first(9, { first: 'root', secondInitial: '', last: '' }, rule({ convention: 'first' }));
    expect(all).toEqual([
      'root convention RESERVED',
      ...Array.from({ length: 3 }, () => ' other_form NAME_MISSING'),
    ]);
  });
});

describe('what is too long', () => {
  const long = { first: 'a'.repeat(60), secondInitial: '', last: 'b'.repeat(60) };

  test('is cut at its end, and the number is not', () => {
    const [plain, second] = first(2, long, rule());
    expect(plain).toBe(`${'a'.repeat(60)}.bbb convention`);
    expect(second).toBe(`${'a'.repeat(60)}.bb2 number`);
  });

  test('ends with no dot and no hyphen', () => {
    expect(first(1, { ...ada, last: 'x-y' }, rule(), 6)).toEqual(['ada.x convention']);
    expect(first(1, ada, rule(), 4)).toEqual(['ada convention']);
  });

  test('gives nothing where a domain leaves no room', () => {
    expect(first(3, ada, rule(), 0)).toEqual([' convention NAME_MISSING']);
    expect(first(100, ada, rule(), 2).at(-1)).toBe('a9 number');
  });
});

test('knows what somebody may be called from what somebody chose', () => {
  const may = (localPart: string, naming = rule({ onCollision: 'f.lastname' })) =>
    isCandidate(localPart, ada, naming, 64);
  expect(['ada.lovelace', 'a.lovelace', 'ada.lovelace2', 'ada.lovelace9999'].map((one) => may(one))).toEqual([
    ...[true, true, true, true],
  ]);
  const others = [
    'ada',
    'lovelace.ada',
    'ada.lovelace1',
    'ada.lovelace02',
    'ada.lovelace10000',
    'a.lovelace2',
  ];
  expect(others.map((one) => may(one))).toEqual(others.map(() => false));
});
