import { z } from 'zod';
import { COLLISION_RULES, CONVENTIONS } from '../../shared/domain/naming/naming-rule.ts';
import {
  GIVEN_BY,
  PASSED_OVER,
  type GivenBy,
  type PassedOverCode,
} from '../../shared/domain/naming/naming-words.ts';

const wordsOf = <Word extends string>(sentences: Readonly<Record<Word, string>>) =>
  z.enum(Object.keys(sentences) as [Word, ...Word[]]).describe(
    Object.entries<string>(sentences)
      .map(([word, sentence]) => `- \`${word}\`: ${sentence}`)
      .join('\n'),
  );

const givenBy = wordsOf<GivenBy>(GIVEN_BY);
const passedOverCode = wordsOf<PassedOverCode>(PASSED_OVER);
const convention = z.enum(CONVENTIONS);
const onCollision = z.enum(COLLISION_RULES);

export const namingSchema = z.strictObject({ convention, onCollision, domain: z.string().optional() }).meta({
  id: 'Naming',
  description: 'How the accounts of new people are named.',
});

export const madeAddressSchema = z
  .strictObject({
    address: z.string(),
    ...{ convention, onCollision },
    by: givenBy,
    why: z.string().describe('The same as a sentence.'),
    passedOver: z
      .array(
        z.strictObject({
          address: z.string().optional().describe('Absent: the rule gave none.'),
          by: givenBy,
          code: passedOverCode,
          why: z.string(),
        }),
      )
      .describe('What could not be had, in the order in which it was looked at; the first twenty.'),
    passedOverCount: z.int().describe('How many there were.'),
  })
  .meta({ id: 'MadeAddress', description: 'An address that was made of names, and why it is this one.' });

export const namingWarningSchema = z
  .strictObject({
    code: z.enum(['CONVENTION_NOT_FOLLOWED']),
    field: z.string(),
    detail: z.string(),
    expected: z.string().describe('What the convention gives.'),
  })
  .meta({ id: 'NamingWarning' });

const example = z.strictObject({
  firstName: z.string(),
  lastName: z.string(),
  locale: z.string().optional(),
  localPart: z.string(),
});
const described = <Word extends readonly string[]>(words: Word) =>
  z.array(z.strictObject({ name: z.enum(words), says: z.string(), example }));

export const namingGuideSchema = z
  .strictObject({
    inForce: z
      .strictObject({ convention, onCollision, domain: z.string() })
      .describe("The organisation's own: `naming` of `PATCH /v1/organisation`."),
    conventions: described(CONVENTIONS),
    collisionRules: described(COLLISION_RULES).describe(
      'Each example is the next address where that of `first.last` is taken.',
    ),
    names: z
      .array(z.strictObject({ says: z.string(), examples: z.array(example) }))
      .describe('What becomes of names before a convention is applied; by the example of `first.last`.'),
    particles: z.array(z.string()),
    reserved: z.strictObject({ says: z.string(), names: z.array(z.string()) }),
    limits: z.strictObject({
      says: z.string(),
      localPartOctets: z.int(),
      addressOctets: z.int(),
      highestNumber: z.int(),
    }),
    givenBy: z.array(z.strictObject({ code: givenBy, why: z.string() })),
    passedOver: z.array(z.strictObject({ code: passedOverCode, why: z.string() })),
  })
  .meta({ id: 'NamingGuide' });

export const madeAddressExample: z.output<typeof madeAddressSchema> = {
  address: 'lea.leaver2@example.com',
  ...{ convention: 'first.last', onCollision: 'number' },
  by: 'number',
  why: GIVEN_BY.number,
  passedOver: [
    { address: 'lea.leaver@example.com', by: 'convention', code: 'TAKEN', why: PASSED_OVER.TAKEN },
  ],
  passedOverCount: 1,
};
