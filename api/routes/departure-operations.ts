import type { ProblemCode } from '../http/problem.ts';
import { pageSchema } from '../http/pages.ts';
import { departureFields, departureFilter } from '../departures/departure-fields.ts';
import {
  departureExample,
  departureSchema,
  departureSummaryExample,
  departureSummarySchema,
  requestedDepartureSchema,
} from '../departures/departure-schema.ts';
import { simulationExample, simulationSchema } from '../departures/simulation-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { ifNoneMatch, optionalIdempotencyKey, prefer } from '../openapi/headers.ts';
import { gives, operations, takes, UNCHANGED } from '../openapi/operation.ts';
import { departureId } from '../openapi/parameters.ts';

/** Whatever can be wrong with what is asked for. */
const OF_REQUEST: readonly ProblemCode[] = [
  'PERSON_UNKNOWN',
  'PERSON_PROTECTED',
  'PERSON_DEPARTED',
  'LAST_ADMINISTRATOR',
  'LAST_DAY_REQUIRED',
  'DATE_INVALID',
  'DATE_OUT_OF_RANGE',
  'TIME_INVALID',
  'ZONE_UNKNOWN',
  'URGENT_WITH_FUTURE_DAY',
  'URGENT_WITH_LEAVE_TIME',
  'LEAVER_NOTICE_URGENT',
  'SUCCESSOR_UNKNOWN',
  'SUCCESSOR_IS_LEAVER',
  'CONTACT_UNKNOWN',
  'CONTACT_IS_LEAVER',
  'CONTACT_INACTIVE',
  'CONTACT_REQUIRED',
  'AUTO_REPLY_CONTRADICTION',
  'AUTO_REPLY_VARIABLE_UNKNOWN',
  'PRESET_EXCEEDED',
  'REDIRECT_TO_ONE',
  'REDIRECT_TO_LEAVER',
  'REDIRECT_NOWHERE',
  'REDIRECT_INACTIVE',
  'REDIRECT_ENDS_EARLY',
  'REDIRECT_BEYOND_QUARANTINE',
  'RETENTION_OUT_OF_RANGE',
  'RECIPIENT_UNKNOWN',
  'RECIPIENT_IS_LEAVER',
  'RECIPIENT_INACTIVE',
  'ACCESS_NOT_ALLOWED',
  'MAIL_RANGE_EMPTY',
];

const body = takes(departureFields, {
  'On the last day': { personId: EXAMPLE.lea, lastDay: '2027-01-29', reason: 'resigned' },
  'At once': { personId: EXAMPLE.lea, urgent: true, reason: 'dismissed', note: 'agreed with the lawyer' },
  'With a successor who gets the files and some of the mail': {
    personId: EXAMPLE.lea,
    lastDay: '2027-01-29',
    leaveTime: '12:00',
    successorId: EXAMPLE.mona,
    autoReply: { texts: { en: { subject: 'Away for good', text: 'Write to {{contactAddress}}.' } } },
    handover: { mail: { folders: ['INBOX'], since: '2026-07-01' }, calendars: 'close' },
    reason: 'resigned',
  },
  'With a redirect for two weeks, where the country allows one': {
    personId: EXAMPLE.lea,
    lastDay: '2027-01-29',
    redirect: { toPersonId: EXAMPLE.mona, reason: 'orders under way', days: 14 },
    reason: 'resigned',
  },
  'Locked, and its data kept': {
    personId: EXAMPLE.lea,
    lastDay: '2027-01-29',
    outcome: { kind: 'retain', until: '2031-12-31' },
    reason: 'retired',
  },
});

export const departureOperations = operations('Departures', {
  simulateDeparture: {
    ...{ method: 'post', path: '/v1/departures/simulation', scope: 'departures:read' },
    summary: 'See what a departure would do',
    description:
      'The same checks and the same plan, every step with its instant and its calls. Writes nothing.',
    body,
    answers: { 200: gives('What would happen.', simulationSchema, simulationExample) },
    problems: OF_REQUEST,
  },
  requestDeparture: {
    ...{ method: 'post', path: '/v1/departures', scope: 'departures:write' },
    summary: 'Ask for a departure',
    description:
      'The answer is the plan. While the engine is away the departure is taken all the same, and started as soon as it is back. Where the organisation allows no more departures for the moment, it is `guard_held` until a second owner releases it.',
    headers: [optionalIdempotencyKey, prefer],
    body,
    answers: {
      201: gives(
        'With `Prefer: wait`: its first steps are taken; of an urgent one, it is proven that the account is locked.',
        requestedDepartureSchema,
        { ...departureExample, warnings: [] },
        ...(['Location', 'ETag', 'Preference-Applied'] as const),
      ),
      202: gives(
        'The departure was taken. With `Prefer: wait` also where the guard holds it, the organisation is frozen, or a step that locks failed.',
        requestedDepartureSchema,
        { ...departureExample, warnings: [] },
        ...(['Location', 'Preference-Applied'] as const),
      ),
    },
    problems: ['DEPARTURE_EXISTS', 'CASE_EXISTS', 'SELF_DEPARTURE', 'PLAN_CHANGED', ...OF_REQUEST],
  },
  listDepartures: {
    ...{ method: 'get', path: '/v1/departures', scope: 'departures:read' },
    summary: 'List departures',
    query: departureFilter,
    answers: {
      200: gives(
        'One page.',
        pageSchema(departureSummarySchema),
        { items: [departureSummaryExample] },
        'Link',
      ),
    },
    problems: [],
  },
  getDeparture: {
    ...{ method: 'get', path: '/v1/departures/:id', scope: 'departures:read' },
    summary: 'See a departure: plan, results and proofs',
    params: { id: departureId },
    headers: [ifNoneMatch],
    answers: {
      200: gives('The departure in full.', departureSchema, departureExample, 'ETag'),
      304: UNCHANGED,
    },
    problems: ['DEPARTURE_NOT_FOUND'],
  },
});
