import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { idempotencyKey, optionalIdempotencyKey } from '../../../api/openapi/headers.ts';
import { takes } from '../../../api/openapi/operation.ts';
import { bed, breaksBetween, OF_BOARDING, query, request, type Changes } from './ships.ts';

type Row = readonly [what: string, before: Changes, after: Changes, sentence: string];

const nothing: Changes = { body: takes(z.strictObject({}), {}) };

test.each<Row>([
  [
    'a member that is taken away',
    request(z.string().optional()),
    nothing,
    '/cabin of the request is no longer taken.',
  ],
  [
    'a member that becomes required',
    request(z.string().optional()),
    request(z.string()),
    '/cabin of the request is required now.',
  ],
  ['a new required member', nothing, request(z.string()), '/cabin of the request is required now.'],
  [
    'another type',
    request(z.string()),
    request(z.number()),
    '/cabin of the request was string and is number.',
  ],
  [
    'a type that lost null',
    request(z.string().nullable()),
    request(z.string()),
    '/cabin of the request was string or null and is string.',
  ],
  [
    'whole numbers alone',
    request(z.number()),
    request(z.int()),
    '/cabin of the request was number and is integer.',
  ],
  [
    'a word that is taken away',
    request(z.enum(['fore', 'aft'])),
    request(z.enum(['aft'])),
    '/cabin of the request no longer takes "fore".',
  ],
  [
    'a few words in place of any',
    request(z.string()),
    request(z.enum(['aft'])),
    '/cabin of the request takes only "aft".',
  ],
  [
    'a shorter text',
    request(z.string().max(9)),
    request(z.string().max(8)),
    '/cabin of the request has a narrower maxLength: 8, not 9.',
  ],
  [
    'a longer text',
    request(z.string()),
    request(z.string().min(2)),
    '/cabin of the request has a narrower minLength: 2, not none.',
  ],
  [
    'a smaller number',
    request(z.number().max(9)),
    request(z.number().max(8)),
    '/cabin of the request has a narrower maximum: 8, not 9.',
  ],
  [
    'a greater number',
    request(z.number().min(1)),
    request(z.number().min(2)),
    '/cabin of the request has a narrower minimum: 2, not 1.',
  ],
  [
    'a shorter list',
    request(z.array(z.string())),
    request(z.array(z.string()).max(2)),
    '/cabin of the request has a narrower maxItems: 2, not none.',
  ],
  [
    'another pattern',
    request(z.string().regex(/^a/u)),
    request(z.string().regex(/^b/u)),
    '/cabin of the request has a narrower pattern: "^b", not "^a".',
  ],
  [
    'another format',
    request(z.string()),
    request(z.iso.datetime()),
    '/cabin of the request has a narrower format: "date-time", not none.',
  ],
  [
    'another meaning of what is left out',
    request(z.int().default(1)),
    request(z.int().default(2)),
    '/cabin of the request means 2 when it is left out, not 1.',
  ],
  [
    'a meaning that is lost',
    request(z.int().default(1)),
    request(z.int().optional()),
    '/cabin of the request means none when it is left out, not 1.',
  ],
  [
    'inside a list',
    request(z.array(bed)),
    request(z.array(z.strictObject({}))),
    '/cabin/*/wide of the request is no longer taken.',
  ],
  [
    'a form that is taken away',
    request(z.union([bed, z.literal(false)])),
    request(bed),
    '/cabin of the request was boolean and is object.',
  ],
  [
    'a form of several',
    request(z.union([bed, z.string(), z.number()])),
    request(z.union([bed, z.string()])),
    '/cabin of the request is no longer taken in one of its forms.',
  ],
  [
    'further members',
    request(z.record(z.string(), z.string())),
    request(z.strictObject({})),
    '/cabin/* of the request is no longer taken.',
  ],
  [
    'the names of further members',
    request(z.record(z.string(), z.string())),
    request(z.record(z.string().regex(/^a/u), z.string())),
    '/cabin/* (its name) of the request has a narrower pattern: "^a", not none.',
  ],
  [
    'a body that is not taken any more',
    request(z.string()),
    {},
    'a body of application/json is no longer taken.',
  ],
  ['a body that becomes required', {}, request(z.string()), 'a body is required now.'],
  [
    'a query that is not taken any more',
    query(z.string().optional()),
    {},
    'the query parameter cabin is no longer taken.',
  ],
  [
    'a query that becomes required',
    query(z.string().optional()),
    query(z.string()),
    'the query parameter cabin is required now.',
  ],
  ['a new required query', {}, query(z.string()), 'the query parameter cabin is required now.'],
  [
    'a narrower query',
    query(z.string()),
    query(z.enum(['aft'])),
    'the query parameter cabin takes only "aft".',
  ],
  [
    'a header that becomes required',
    { headers: [optionalIdempotencyKey] },
    { headers: [idempotencyKey] },
    'the header Idempotency-Key is required now.',
  ],
  ['a new required header', {}, { headers: [idempotencyKey] }, 'the header Idempotency-Key is required now.'],
  ['another scope', {}, { scope: 'organisation:write' }, 'it needs the scope organisation:write now.'],
])('%s is a break', (_what, before, after, sentence) => {
  expect(breaksBetween(before, after)).toContain(OF_BOARDING + sentence);
});

test.each<readonly [string, Changes, Changes]>([
  ['a new member that may be left out', nothing, request(z.string().optional())],
  ['a member that may be left out from now on', request(z.string()), request(z.string().optional())],
  ['a longer text', request(z.string().max(8)), request(z.string().max(9))],
  ['no limit any more', request(z.string().max(8).regex(/^a/u)), request(z.string())],
  ['a further word', request(z.enum(['aft'])), request(z.enum(['fore', 'aft']))],
  ['any text in place of words', request(z.enum(['aft'])), request(z.string())],
  ['null as well', request(z.string()), request(z.string().nullable())],
  ['fractions as well', request(z.int()), request(z.number())],
  ['a further form', request(bed), request(z.union([bed, z.literal(false)]))],
  ['anything at all', request(z.string()), request(z.unknown())],
  ['members that nobody knows', request(bed), request(z.looseObject({ wide: z.boolean() }))],
  ['a default of what had none', request(z.int().optional()), request(z.int().default(1))],
  ['a new query that may be left out', {}, query(z.string().optional())],
  ['a query that may be left out from now on', query(z.string()), query(z.string().optional())],
  ['a new header that may be left out', {}, { headers: [optionalIdempotencyKey] }],
  ['a header that may be left out', { headers: [idempotencyKey] }, { headers: [optionalIdempotencyKey] }],
  ['a header nobody reads any more', { headers: [idempotencyKey] }, { problems: ['IDEMPOTENCY_MISMATCH'] }],
  ['a body that may be left out', request(z.string()), request(z.string().optional())],
  ['another word of explanation', request(z.string().describe('a')), request(z.string().describe('b'))],
  ['another name of a part of the address', {}, { path: '/v1/ships/:ship/board' }],
])('%s is no break', (_what, before, after) => {
  expect(breaksBetween(before, after)).toEqual([]);
});
