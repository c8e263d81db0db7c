import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LOCAL_PART_OCTETS } from '../../../shared/domain/naming/address-limits.ts';
import { candidatesOf, isCandidate, type Candidate } from '../../../shared/domain/naming/candidates.ts';
import { missingName } from '../../../shared/domain/naming/conventions.ts';
import { latinNames, type Names } from '../../../shared/domain/naming/latin-names.ts';
import { COLLISION_RULES, CONVENTIONS, type NamingRule } from '../../../shared/domain/naming/naming-rule.ts';
import { isReserved } from '../../../shared/domain/naming/reserved-names.ts';
import { transliteration } from '../../../shared/platform/transliteration.ts';

/** RFC 5321, 4.1.2: Dot-string. Ours have small letters, digits and hyphens alone. */
const DOT_STRING = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/u;

const word = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('Ada', 'von', 'de la', 'Müller', '李', 'Наталья', "O'", 'root', 'Øre'),
  },
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
);
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ').slice(0, 100));
const names: fc.Arbitrary<Names> = fc.record({ firstName: name, lastName: name });
const rule: fc.Arbitrary<NamingRule> = fc.record({
  convention: fc.constantFrom(...CONVENTIONS),
  onCollision: fc.constantFrom(...COLLISION_RULES),
});
const locale = fc.constantFrom('en', 'de-CH', 'da', 'sr', 'tr', 'xx');
const room = fc.integer({ min: 0, max: LOCAL_PART_OCTETS });

function firstOf(person: Names, naming: NamingRule, language: string, most: number, space: number) {
  const latin = latinNames(person, language, transliteration);
  if (missingName(latin, naming.convention) !== undefined) return [];
  const found: Candidate[] = [];
  for (const candidate of candidatesOf(latin, naming, space)) {
    found.push(candidate);
    if (found.length === most) break;
  }
  return found;
}

test('whatever somebody may be given is a valid local part that fits and is not reserved', () => {
  let given = 0;
  fc.assert(
    fc.property(names, rule, locale, room, (person, naming, language, space) => {
      for (const { localPart, refused } of firstOf(person, naming, language, 15, space)) {
        if (refused !== undefined) continue;
        given += 1;
        expect(localPart).toMatch(DOT_STRING);
        expect(localPart).not.toMatch(/^-|-$|\.-|-\./u);
        expect(localPart.length).toBeLessThanOrEqual(space);
        expect(isReserved(localPart)).toBe(false);
      }
    }),
    { numRuns: 1_000 },
  );
  expect(given).toBeGreaterThan(1_000);
});

test('the same names come out the same, and nothing is offered twice', () => {
  fc.assert(
    fc.property(names, rule, locale, (person, naming, language) => {
      const once = firstOf(person, naming, language, 15, LOCAL_PART_OCTETS);
      expect(firstOf(person, naming, language, 15, LOCAL_PART_OCTETS)).toEqual(once);
      const offered = once.filter(({ refused }) => refused === undefined).map(({ localPart }) => localPart);
      expect(new Set(offered).size).toBe(offered.length);
      const latin = latinNames(person, language, transliteration);
      expect(offered.every((one) => isCandidate(one, latin, naming, LOCAL_PART_OCTETS))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('many people, some of one name, get an address each', () => {
  const few = fc.record({
    firstName: fc.constantFrom('Ada', 'Àda', 'Root', 'Ad Anna', 'Ada Bea'),
    lastName: fc.constantFrom('Min', 'Lovelace', 'Love-Lace', '2', 'a'.repeat(100)),
  });
  fc.assert(
    fc.property(fc.array(few, { minLength: 50, maxLength: 200 }), rule, (people, naming) => {
      const taken = new Set<string>();
      for (const person of people) {
        const latin = latinNames(person, 'en', transliteration);
        for (const { localPart, refused } of candidatesOf(latin, naming, LOCAL_PART_OCTETS)) {
          if (refused !== undefined || taken.has(localPart)) continue;
          taken.add(localPart);
          break;
        }
      }
      expect(taken.size).toBe(people.length);
    }),
    { numRuns: 50 },
  );
});
