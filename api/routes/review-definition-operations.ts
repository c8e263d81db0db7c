import { noFields } from '../departures/departure-fields.ts';
import { pageSchema } from '../http/pages.ts';
import type { ProblemCode } from '../http/problem.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { idempotencyKey, ifMatch, ifNoneMatch, optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes, UNCHANGED } from '../openapi/operation.ts';
import { definitionId } from '../openapi/parameters.ts';
import { definitionChanges, definitionFields, definitionsQuery } from '../reviews/definition-fields.ts';
import { definitionExample, definitionSchema } from '../reviews/definition-schema.ts';

const one = { path: '/v1/reviews/definitions/:id', params: { id: definitionId } } as const;
const now = { 200: gives('The definition as it is now.', definitionSchema, definitionExample, 'ETag') };
const OF_FIELDS: readonly ProblemCode[] = [
  'ZONE_UNKNOWN',
  'REVIEWER_UNKNOWN',
  'REVIEWER_NOT_HERE',
  'NOTICE_OUTSIDE_REVIEW',
];
const OF_ONE: readonly ProblemCode[] = ['REVIEW_DEFINITION_NOT_FOUND', 'CONCURRENT_CHANGE'];
const ofCommands = {
  method: 'post',
  scope: 'reviews:write',
  params: { id: definitionId },
  body: takes(noFields, { Nothing: {} }),
} as const;
const command = {
  ...ofCommands,
  headers: [idempotencyKey, ifMatch],
  answers: now,
  problems: OF_ONE,
} as const;

export const reviewDefinitionOperations = operations('Reviews', {
  createReviewDefinition: {
    ...{ method: 'post', path: '/v1/reviews/definitions', scope: 'reviews:write' },
    summary: 'Have accounts reviewed again and again',
    description:
      'Everything but the name has a usual value: every quarter, all accounts, the manager of each person is asked, open for 14 days, and what nobody decides is not changed.',
    headers: [optionalIdempotencyKey],
    body: takes(definitionFields, {
      'The usual': { name: 'Accounts, every quarter' },
      'Administrators, every month': {
        name: 'Administrators',
        calendar: { every: 'month', day: 5, time: '08:00' },
        timeZone: 'Europe/Zurich',
        scope: { kind: 'administrators' },
        reviewers: { kind: 'person', personId: EXAMPLE.mona },
      },
      'One department, twice a year': {
        name: 'Sales',
        calendar: { every: 'custom', months: [2, 8], days: [15], time: '09:30' },
        scope: { kind: 'department', department: 'Sales' },
        rules: { inactive: { threshold: 60 } },
        openDays: 21,
        remindDaysBefore: [14, 3],
      },
    }),
    answers: { 201: gives('It was made.', definitionSchema, definitionExample, 'Location', 'ETag') },
    problems: OF_FIELDS,
  },
  listReviewDefinitions: {
    ...{ method: 'get', path: '/v1/reviews/definitions', scope: 'reviews:read' },
    summary: 'List the definitions of reviews, the newest first',
    query: definitionsQuery,
    answers: {
      200: gives('One page.', pageSchema(definitionSchema), { items: [definitionExample] }, 'Link'),
    },
    problems: [],
  },
  getReviewDefinition: {
    ...{ ...one, method: 'get', scope: 'reviews:read' },
    summary: 'See a definition and when it begins next',
    headers: [ifNoneMatch],
    answers: {
      200: gives('The definition.', definitionSchema, definitionExample, 'ETag'),
      304: UNCHANGED,
    },
    problems: ['REVIEW_DEFINITION_NOT_FOUND'],
  },
  changeReviewDefinition: {
    ...{ ...one, method: 'patch', scope: 'reviews:write' },
    summary: 'Change a definition and its schedule',
    description:
      'What is not named stays as it is. A review that is under way keeps the terms it began with.',
    headers: [ifMatch],
    body: takes(definitionChanges, {
      'Every month': { calendar: { every: 'month', day: 1, time: '08:00' } },
      'Accounts of which nobody heard for 60 days': { rules: { inactive: { threshold: 60 } } },
    }),
    answers: now,
    problems: [...OF_ONE, ...OF_FIELDS],
  },
  removeReviewDefinition: {
    ...{ ...one, method: 'delete', scope: 'reviews:write' },
    summary: 'Hold no more reviews of a definition',
    description:
      'The schedule goes. A review that is under way goes on, and what was held can still be seen; cancel it where it should not.',
    headers: [ifMatch, optionalIdempotencyKey],
    answers: { 204: { description: 'It is removed.', headers: [] } },
    problems: OF_ONE,
  },
  pauseReviewDefinition: {
    ...command,
    path: '/v1/reviews/definitions/:id/pause',
    summary: 'Let no review begin by itself for now',
  },
  resumeReviewDefinition: {
    ...command,
    path: '/v1/reviews/definitions/:id/resume',
    summary: 'Let reviews begin by themselves again',
  },
  triggerReview: {
    ...ofCommands,
    path: '/v1/reviews/definitions/:id/trigger',
    summary: 'Hold a review now, whatever the calendar says',
    description:
      'Also where the definition is paused. `links.reviews` of the answer lists it once it has begun.',
    headers: [idempotencyKey],
    answers: { 202: gives('It begins.', definitionSchema, definitionExample, 'ETag') },
    problems: ['REVIEW_DEFINITION_NOT_FOUND', 'REVIEW_UNDER_WAY', 'ENGINE_UNAVAILABLE'],
  },
});
