import { ofCommands } from '../cases/command-operations.ts';
import { CASE_ANSWERS } from '../cases/command-schema.ts';
import type { ProblemCode } from '../http/problem.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { caseId } from '../openapi/parameters.ts';
import {
  extensionFields,
  roleChangeFields,
  roleRescheduleFields,
} from '../role-changes/role-change-fields.ts';
import {
  requestedRoleChangeExample,
  requestedRoleChangeSchema,
  roleChangeSimulationExample,
  roleChangeSimulationSchema,
} from '../role-changes/role-change-schema.ts';
import { OF_CASE_COMMANDS } from './case-operations.ts';

const OF_DATES: readonly ProblemCode[] = [
  'DATE_INVALID',
  'ROLE_DATE_OUT_OF_RANGE',
  'TIME_INVALID',
  'ZONE_UNKNOWN',
];

/** Whatever can be wrong with what is asked for. */
const OF_REQUEST: readonly ProblemCode[] = [
  'PERSON_UNKNOWN',
  'PERSON_PROTECTED',
  'PERSON_DEPARTED',
  'PERSON_NOT_HERE',
  'TEMPLATE_UNKNOWN',
  ...OF_DATES,
  'MANAGER_UNKNOWN',
  'MANAGER_IS_SELF',
  'MANAGER_LOOP',
  'MANAGER_INACTIVE',
  'CONFIRMATION_REQUIRED',
  'LAST_ADMINISTRATOR',
  'QUOTA_BELOW_USE',
  'ROLE_UNCHANGED',
];

const OF_COMMANDS: readonly ProblemCode[] = [
  'OWN_ROLE',
  'ALREADY_UNDOING',
  'POINT_OF_NO_RETURN',
  'PLAN_OUTDATED',
  'PLAN_MOVES_EXECUTED_STEP',
  'CONCURRENT_CHANGE',
  ...OF_CASE_COMMANDS,
];

const body = takes(roleChangeFields, {
  'From support to sales': {
    personId: EXAMPLE.lea,
    to: 'sales',
    from: 'support',
    date: '2027-02-01',
    managerId: EXAMPLE.mona,
  },
  'An administrator from now on, with a month of overlap': {
    personId: EXAMPLE.lea,
    to: 'it',
    date: '2027-02-01',
    time: '09:00',
    overlapDays: 30,
    accountRole: 'administrator',
    confirm: true,
  },
});

const command = {
  method: 'post',
  params: { id: caseId },
  headers: ofCommands,
  scope: 'cases:write',
} as const;

export const roleChangeOperations = operations('Cases', {
  simulateRoleChange: {
    ...{ method: 'post', path: '/v1/role-changes/simulation', scope: 'cases:read' },
    summary: 'See what a role change would do',
    description:
      'The same checks and the same plan, every step with its instant and its calls. Writes nothing.',
    body,
    answers: { 200: gives('What would happen.', roleChangeSimulationSchema, roleChangeSimulationExample) },
    problems: OF_REQUEST,
  },
  requestRoleChange: {
    ...{ method: 'post', path: '/v1/role-changes', scope: 'cases:write' },
    summary: 'Ask for a role change',
    description:
      'On its date the person gets what the new template gives and the old one did not; when the overlap is over, what only the old one gave is taken. Both are frozen now: later changes of the templates do not count. Everything else is told to it under `/v1/cases/{id}`.',
    headers: [optionalIdempotencyKey],
    body,
    answers: {
      202: gives(
        'The role change was taken; the answer is the plan.',
        requestedRoleChangeSchema,
        requestedRoleChangeExample,
        'Location',
      ),
    },
    problems: ['CASE_EXISTS', 'DEPARTURE_EXISTS', 'OWN_ROLE', ...OF_REQUEST],
  },
  extendRoleChangeOverlap: {
    ...{ ...command, path: '/v1/role-changes/:id/extend' },
    summary: 'Let the old rights stay longer',
    description: 'As long as they are still there. The manager is reminded anew before they end.',
    body: takes(extensionFields, {
      'Thirty days in all': { overlapDays: 30 },
      'Until a day': { until: '2027-03-31', reason: 'hands the accounts over' },
    }),
    answers: { 200: CASE_ANSWERS.told },
    problems: [
      ...(['OLD_RIGHTS_GONE', 'OVERLAP_SHORTER', 'OVERLAP_OUT_OF_RANGE', 'DATE_INVALID'] as const),
      ...OF_COMMANDS,
    ],
  },
  rescheduleRoleChange: {
    ...{ ...command, path: '/v1/role-changes/:id/reschedule' },
    summary: 'Move a role change to another date',
    description: 'Until it has begun.',
    body: takes(roleRescheduleFields, { 'A month later': { date: '2027-03-01' } }),
    answers: { 200: CASE_ANSWERS.told },
    problems: ['ROLE_CHANGE_BEGAN', ...OF_DATES, ...OF_COMMANDS],
  },
});
