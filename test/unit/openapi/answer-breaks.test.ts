import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { gives, showsPage } from '../../../api/openapi/operation.ts';
import { answer, bed, breaksBetween, OF_BOARDING, type Changes } from './ships.ts';

type Row = readonly [what: string, before: Changes, after: Changes, sentence: string];

const aboard = gives('Aboard.', bed, { wide: true });

test.each<Row>([
  [
    'a member that is taken away',
    answer(z.string().optional()),
    {},
    '/cabin of the answer 200 is no longer given.',
  ],
  [
    'a member that may be absent',
    answer(z.string()),
    answer(z.string().optional()),
    '/cabin of the answer 200 is no longer always given.',
  ],
  [
    'another type',
    answer(z.string()),
    answer(z.number()),
    '/cabin of the answer 200 was string and is number.',
  ],
  [
    'a type that gains null',
    answer(z.string()),
    answer(z.string().nullable()),
    '/cabin of the answer 200 was string and is string or null.',
  ],
  ['fractions', answer(z.int()), answer(z.number()), '/cabin of the answer 200 was integer and is number.'],
  [
    'another format',
    answer(z.iso.datetime()),
    answer(z.string()),
    '/cabin of the answer 200 has the format none, not date-time.',
  ],
  [
    'a word that was the only one',
    answer(z.literal('aft')),
    answer(z.literal('fore')),
    '/cabin of the answer 200 is no longer always "aft".',
  ],
  [
    'inside a list',
    answer(z.array(bed)),
    answer(z.array(z.strictObject({}))),
    '/cabin/*/wide of the answer 200 is no longer given.',
  ],
  [
    'inside further members',
    answer(z.record(z.string(), z.string())),
    answer(z.record(z.string(), z.int())),
    '/cabin/* of the answer 200 was string and is integer.',
  ],
  [
    'another form',
    answer(z.union([bed, z.string()])),
    answer(z.union([bed, z.number()])),
    '/cabin of the answer 200 may have another form.',
  ],
  [
    'a status that is taken away',
    { answers: { 200: aboard, 202: aboard } },
    { answers: { 200: aboard } },
    'it no longer answers 202.',
  ],
  ['a status that refuses', { problems: ['ADDRESS_TAKEN'] }, { problems: [] }, 'it no longer answers 409.'],
  [
    'a header',
    { answers: { 200: { ...aboard, headers: ['Location'] } } },
    { answers: { 200: aboard } },
    'the answer 200 no longer has the header Location.',
  ],
  [
    'a kind of content',
    answer(z.string()),
    { answers: { 200: showsPage('Aboard.') } },
    'the answer 200 is no longer given as application/json.',
  ],
])('%s is a break', (_what, before, after, sentence) => {
  expect(breaksBetween(before, after)).toContain(OF_BOARDING + sentence);
});

test.each<readonly [string, Changes, Changes]>([
  ['a new member', {}, answer(z.string())],
  ['a member that is always there from now on', answer(z.string().optional()), answer(z.string())],
  ['a further word', answer(z.enum(['aft'])), answer(z.enum(['fore', 'aft']))],
  ['a word that does not come any more', answer(z.enum(['fore', 'aft'])), answer(z.enum(['aft']))],
  ['whole numbers alone', answer(z.number()), answer(z.int())],
  ['null no more', answer(z.string().nullable()), answer(z.string())],
  ['a longer text', answer(z.string().max(8)), answer(z.string())],
  ['a form that does not come any more', answer(z.union([bed, z.string()])), answer(bed)],
  [
    'a new member of one of several forms',
    answer(z.union([bed, z.string()])),
    answer(z.union([bed.extend({ long: z.boolean() }), z.string()])),
  ],
  ['a new status', { answers: { 200: aboard } }, { answers: { 200: aboard, 202: aboard } }],
  ['a new header', { answers: { 200: aboard } }, { answers: { 200: { ...aboard, headers: ['Location'] } } }],
  [
    'a further kind of content',
    answer(z.string()),
    {
      answers: {
        200: {
          ...answer(z.string()).answers![200]!,
          content: [
            { type: 'application/json', schema: z.strictObject({ cabin: z.string() }) },
            { type: 'text/html' },
          ],
        },
      },
    },
  ],
  [
    'a new code',
    { problems: ['PERSON_NOT_FOUND'] },
    { problems: ['PERSON_NOT_FOUND', 'ACCOUNT_NOT_FOUND', 'ADDRESS_TAKEN'] },
  ],
  [
    'a code that is not met any more',
    { problems: ['PERSON_NOT_FOUND', 'ACCOUNT_NOT_FOUND'] },
    { problems: ['PERSON_NOT_FOUND'] },
  ],
])('%s is no break', (_what, before, after) => {
  expect(breaksBetween(before, after)).toEqual([]);
});
