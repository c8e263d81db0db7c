import { CASE_ANSWERS } from '../cases/command-schema.ts';
import { ofCommands } from '../cases/command-operations.ts';
import type { ProblemCode } from '../http/problem.ts';
import { disableFields, endLeaveFields, leaveFields, moveLeaveFields } from '../leaves/leave-fields.ts';
import {
  leaveSimulationExample,
  leaveSimulationSchema,
  requestedLeaveExample,
  requestedLeaveSchema,
} from '../leaves/leave-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { idempotencyKey, optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { leaveId, personId } from '../openapi/parameters.ts';
import { OF_CASE_COMMANDS } from './case-operations.ts';

const OF_DAYS: readonly ProblemCode[] = [
  ...(['DATE_INVALID', 'DATE_OUT_OF_RANGE', 'TIME_INVALID', 'ZONE_UNKNOWN', 'TIME_WITHOUT_DAY'] as const),
  ...(['SUSPICIOUS_AT_ONCE', 'SUSPICIOUS_WITHOUT_RETURN', 'RETURN_NOT_AFTER_START'] as const),
];

/** Whatever can be wrong with what is asked for. */
const OF_REQUEST: readonly ProblemCode[] = [
  ...(['PERSON_UNKNOWN', 'PERSON_PROTECTED', 'PERSON_DEPARTED', 'ALREADY_DISABLED'] as const),
  'LAST_ADMINISTRATOR',
  ...OF_DAYS,
  ...(['CONTACT_UNKNOWN', 'CONTACT_IS_LEAVER', 'CONTACT_INACTIVE', 'CONTACT_REQUIRED'] as const),
  ...(['AUTO_REPLY_CONTRADICTION', 'AUTO_REPLY_VARIABLE_UNKNOWN'] as const),
];
const OF_TAKING: readonly ProblemCode[] = ['DEPARTURE_EXISTS', 'CASE_EXISTS', 'SELF_DEPARTURE'];
const OF_ENDING: readonly ProblemCode[] = [
  ...(['LEAVE_NOT_BEGUN', 'LEAVE_ENDING', 'INVESTIGATION_OPEN', 'SELF_DEPARTURE'] as const),
  ...(['ALREADY_UNDOING', 'PLAN_OUTDATED', 'PLAN_MOVES_EXECUTED_STEP', 'CONCURRENT_CHANGE'] as const),
  'STEP_ALREADY_SETTLED',
];

const requested = gives('The leave was taken.', requestedLeaveSchema, requestedLeaveExample, 'Location');
const body = takes(leaveFields, {
  'From a day to a day': {
    personId: EXAMPLE.lea,
    reason: 'leave',
    firstDay: '2027-02-01',
    returnDay: '2027-03-01',
  },
  'At once, until somebody ends it': { personId: EXAMPLE.lea, reason: 'leave' },
  'Something is wrong with the account': {
    personId: EXAMPLE.lea,
    reason: 'suspicious',
    note: 'signs in from two countries',
  },
  'With a reply in words of your own': {
    personId: EXAMPLE.lea,
    reason: 'leave',
    firstDay: '2027-02-01',
    returnDay: '2027-03-01',
    time: '08:00',
    contactPersonId: EXAMPLE.mona,
    autoReply: { subject: 'On parental leave', text: 'Back on {{returnDay}}. Ask {{contactAddress}}.' },
  },
});
const ends = takes(endLeaveFields, { 'With a reason': { reason: 'back a week early' } });

export const leaveOperations = operations('Leaves', {
  simulateLeave: {
    ...{ method: 'post', path: '/v1/leaves/simulation', scope: 'cases:read' },
    summary: 'See what a leave would do',
    description:
      'The same checks and the same plan, every step with its instant and its calls. Writes nothing.',
    body,
    answers: { 200: gives('What would happen.', leaveSimulationSchema, leaveSimulationExample) },
    problems: OF_REQUEST,
  },
  requestLeave: {
    ...{ method: 'post', path: '/v1/leaves', scope: 'cases:write' },
    summary: 'Lock an account for a while',
    description:
      'Nobody can sign in, mail still arrives. For `leave` the account is as it was on the day of the return, or when somebody ends it; password and app passwords stay. For `suspicious` everything that signs in is revoked at once, and the account opens again only once the checklist of the case is complete and somebody ends it. A leave is a case: what else can be said of it is under `/v1/cases`.',
    headers: [optionalIdempotencyKey],
    body,
    answers: { 202: requested },
    problems: [...OF_TAKING, ...OF_REQUEST],
  },
  moveLeave: {
    ...{ method: 'post', path: '/v1/leaves/:id/reschedule', scope: 'cases:write' },
    summary: 'Move the days of a leave',
    description: 'What is not named stays as it is. An auto-reply that is given gets its new end.',
    params: { id: leaveId },
    headers: ofCommands,
    body: takes(moveLeaveFields, {
      'Back two weeks later': { returnDay: '2027-03-15' },
      'Until somebody ends it': { returnDay: null },
    }),
    answers: { 200: CASE_ANSWERS.told },
    problems: [
      ...(['LEAVE_BEGUN', 'LEAVE_ENDING', 'RETURN_DAY_NAMED'] as const),
      ...OF_DAYS,
      ...(['ALREADY_UNDOING', 'PLAN_OUTDATED', 'PLAN_MOVES_EXECUTED_STEP', 'CONCURRENT_CHANGE'] as const),
      ...OF_CASE_COMMANDS,
    ],
  },
  endLeave: {
    ...{ method: 'post', path: '/v1/leaves/:id/end', scope: 'cases:write' },
    summary: 'End a leave now',
    description: 'The account is as it was before. One that is suspicious needs its checklist complete.',
    params: { id: leaveId },
    headers: ofCommands,
    body: ends,
    answers: { 200: CASE_ANSWERS.told },
    problems: [...OF_ENDING, ...OF_CASE_COMMANDS],
  },
  disablePerson: {
    ...{ method: 'post', path: '/v1/people/:id/disable', scope: 'cases:write' },
    summary: 'Disable an account now',
    description: 'The short form of a leave that begins at once.',
    params: { id: personId },
    headers: [optionalIdempotencyKey],
    body: takes(disableFields, {
      'Away until a day': { reason: 'leave', returnDay: '2027-03-01' },
      'Something is wrong with the account': { reason: 'suspicious' },
    }),
    answers: { 202: requested },
    problems: ['PERSON_NOT_FOUND', 'DEPARTURE_NEEDED', ...OF_TAKING, ...OF_REQUEST],
  },
  enablePerson: {
    ...{ method: 'post', path: '/v1/people/:id/enable', scope: 'cases:write' },
    summary: 'Enable an account again',
    description:
      'Ends the open leave. An account that was left locked by a case that is over gets a case of its own that opens it; one that was suspicious has its checklist then.',
    params: { id: personId },
    headers: [idempotencyKey],
    body: ends,
    answers: {
      200: gives('The leave ends.', CASE_ANSWERS.schemas.told, CASE_ANSWERS.examples.told, 'ETag'),
      202: requested,
    },
    problems: [
      ...(['PERSON_NOT_FOUND', 'PERSON_PROTECTED', 'NOT_DISABLED'] as const),
      ...(['DEPARTURE_EXISTS', 'CASE_EXISTS', 'CASE_CLOSED', 'ENGINE_UNAVAILABLE'] as const),
      ...OF_ENDING,
    ],
  },
});
