import type { z } from 'zod';
import { ADDRESS_OCTETS, LOCAL_PART_OCTETS } from '../../shared/domain/naming/address-limits.ts';
import { candidatesOf, FIRST_NUMBER, HIGHEST_NUMBER } from '../../shared/domain/naming/candidates.ts';
import { CONVENTION_KINDS } from '../../shared/domain/naming/conventions.ts';
import { latinNames, PARTICLES, type Names } from '../../shared/domain/naming/latin-names.ts';
import {
  COLLISION_RULES,
  CONVENTIONS,
  DEFAULT_NAMING,
  type NamingRule,
} from '../../shared/domain/naming/naming-rule.ts';
import { COLLISION_RULE_SAYS, GIVEN_BY, PASSED_OVER } from '../../shared/domain/naming/naming-words.ts';
import { RESERVED_NAMES } from '../../shared/domain/naming/reserved-names.ts';
import type { Transliteration } from '../../shared/domain/naming/transliteration.ts';
import { namingDomainOf, namingOf, type Organisation } from '../../shared/domain/organisation.ts';
import type { namingGuideSchema } from './naming-schema.ts';

interface SampleNames extends Names {
  readonly locale?: string;
}

const ADA: SampleNames = { firstName: 'Ada Maria', lastName: 'Lovelace' };

const named = (firstName: string, lastName: string, locale?: string): SampleNames => ({
  ...{ firstName, lastName },
  ...(locale === undefined ? {} : { locale }),
});

/** What becomes of names. The examples are worked out by the code that names people. */
const OF_NAMES: readonly { readonly says: string; readonly examples: readonly SampleNames[] }[] = [
  {
    says: 'Accents go, and other scripts are written in Latin letters.',
    examples: [
      named('Zoë', 'Nuñez'),
      named('Łukasz', 'Żółć'),
      named('Наталья', 'Иванова'),
      named('芳', '王'),
    ],
  },
  {
    says: "Some languages write a letter in their own way: the person's locale decides, else the organisation's.",
    examples: [
      named('Jürgen', 'Weiß', 'de-CH'),
      named('Jürgen', 'Weiß', 'fr-CH'),
      named('Søren', 'Ørsted', 'da'),
    ],
  },
  {
    says: 'Of several first names the first one counts; one with a hyphen is one name.',
    examples: [named('Mary Jane', 'Watson'), named('Jean-Luc', 'Picard')],
  },
  {
    says: 'Particles are written together with the name that follows; other words of a last name are joined by hyphens.',
    examples: [
      named('Ursula', 'von der Leyen'),
      named('Juan', 'de la Cruz'),
      named('Gabriel', 'García Márquez'),
    ],
  },
  {
    says: 'Apostrophes go; whatever else is neither letter, digit nor hyphen parts words.',
    examples: [named('Sinéad', 'O’Connor'), named('J. R.', 'Ewing')],
  },
];

/** How addresses are made of names, in words and examples. */
export function namingGuide(
  organisation: Pick<Organisation, 'naming' | 'domains'>,
  transliteration: Transliteration,
): z.output<typeof namingGuideSchema> {
  const exampleOf = (names: SampleNames, rule: NamingRule, when: 'free' | 'taken' = 'free') => {
    const latin = latinNames(names, names.locale ?? 'en', transliteration);
    const [first, second] = candidatesOf(latin, rule, LOCAL_PART_OCTETS);
    const { localPart = '' } = (when === 'free' ? first : second) ?? {};
    return { ...names, localPart };
  };
  return {
    inForce: { ...namingOf(organisation), domain: namingDomainOf(organisation) },
    conventions: CONVENTIONS.map((name) => ({
      ...{ name, says: CONVENTION_KINDS[name].says },
      example: exampleOf(ADA, { ...DEFAULT_NAMING, convention: name }),
    })),
    collisionRules: COLLISION_RULES.map((name) => ({
      ...{ name, says: COLLISION_RULE_SAYS[name] },
      example: exampleOf(ADA, { ...DEFAULT_NAMING, onCollision: name }, 'taken'),
    })),
    names: OF_NAMES.map(({ says, examples }) => ({
      says,
      examples: examples.map((names) => exampleOf(names, DEFAULT_NAMING)),
    })),
    particles: [...PARTICLES],
    reserved: {
      says: 'Given to nobody, with dots, hyphens, underscores or a number at the end neither; an administrator may have them as aliases.',
      names: [...RESERVED_NAMES],
    },
    limits: {
      says: `What is longer is cut at its end, and a dot or hyphen left there goes; numbers, from ${FIRST_NUMBER} on, are not cut.`,
      ...{ localPartOctets: LOCAL_PART_OCTETS, addressOctets: ADDRESS_OCTETS, highestNumber: HIGHEST_NUMBER },
    },
    givenBy: sentencesOf(GIVEN_BY),
    passedOver: sentencesOf(PASSED_OVER),
  };
}

function sentencesOf<Code extends string>(sentences: Readonly<Record<Code, string>>) {
  return (Object.entries(sentences) as [Code, string][]).map(([code, why]) => ({ code, why }));
}
