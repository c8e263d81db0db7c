import { CASE_ANSWERS } from '../cases/command-schema.ts';
import { ofCommands } from '../cases/command-operations.ts';
import type { ProblemCode } from '../http/problem.ts';
import { onboardingFields, onboardingMove } from '../onboardings/onboarding-fields.ts';
import {
  onboardingSimulationExample,
  onboardingSimulationSchema,
  requestedOnboardingExample,
  requestedOnboardingSchema,
} from '../onboardings/onboarding-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { caseId } from '../openapi/parameters.ts';
import { OF_CASE_COMMANDS } from './case-operations.ts';

const OF_DAYS: readonly ProblemCode[] = ['DATE_INVALID', 'DATE_OUT_OF_RANGE', 'TIME_INVALID', 'ZONE_UNKNOWN'];

/** Whatever can be wrong with what is asked for. */
const OF_REQUEST: readonly ProblemCode[] = [
  'TEMPLATE_UNKNOWN',
  'DOMAIN_UNKNOWN',
  'ADDRESS_RESERVED',
  'ALIAS_IS_ADDRESS',
  'TARGET_UNKNOWN',
  'MANAGER_UNKNOWN',
  'MANAGER_INACTIVE',
  'WELCOME_UNREADABLE',
  'WELCOME_RECIPIENT_MISSING',
  'NAME_LEAVES_NOTHING',
  'NO_ADDRESS_LEFT',
  'ADDRESS_TAKEN',
  'ADDRESS_QUARANTINED',
  'EXTERNAL_ID_TAKEN',
  'PERSON_KNOWN',
  ...OF_DAYS,
];

const body = takes(onboardingFields, {
  'By a template': {
    ...{ firstName: 'Nina', lastName: 'New', managerId: EXAMPLE.mona, privateContact: 'nina@home.example' },
    ...{ template: 'sales', firstDay: '2027-01-04' },
  },
  'For a time, with everything said': {
    ...{ firstName: 'Carl', lastName: 'Contractor', address: 'carl@example.com', groups: ['projects'] },
    ...{ firstDay: '2027-01-04', startTime: '09:30', createDaysBefore: 3, endsOn: '2027-06-30' },
    credentials: { kind: 'welcome_mail', to: 'carl@own.example' },
  },
});

export const onboardingOperations = operations('Onboardings', {
  simulateOnboarding: {
    ...{ method: 'post', path: '/v1/onboardings/simulation', scope: 'cases:read' },
    summary: 'See what an onboarding would do',
    description:
      'The same checks and the same plan, the address the person would get now, every step with its instant and its calls. Writes nothing.',
    body,
    answers: { 200: gives('What would happen.', onboardingSimulationSchema, onboardingSimulationExample) },
    problems: OF_REQUEST,
  },
  requestOnboarding: {
    ...{ method: 'post', path: '/v1/onboardings', scope: 'cases:write' },
    summary: 'Ask for an onboarding',
    description:
      'Needs `people:write` as well. The person is there at once, as `joining` and with the address; the account is made in time, opens on the first day, and the way in goes out then. While the engine is away the onboarding is taken all the same. Called off (`/v1/cases/{id}/cancel`, `abort` or `undo`), whatever was made is taken away again, newest first.',
    headers: [optionalIdempotencyKey],
    body,
    answers: {
      202: gives(
        'The onboarding was taken.',
        requestedOnboardingSchema,
        requestedOnboardingExample,
        ...(['Location'] as const),
      ),
    },
    problems: ['CONCURRENT_CHANGE', 'ONBOARDING_GIVEN_UP', ...OF_REQUEST],
  },
  rescheduleOnboarding: {
    ...{ method: 'post', path: '/v1/onboardings/:id/reschedule', scope: 'cases:write' },
    summary: 'Move the first day',
    description: 'An account that was made already stays as it is: closed, until the new day.',
    params: { id: caseId },
    headers: ofCommands,
    body: takes(onboardingMove, { 'A month later': { firstDay: '2027-02-01' } }),
    answers: { 200: CASE_ANSWERS.told },
    problems: [
      ...(['ACCOUNT_OPENED', 'ALREADY_UNDOING', 'PLAN_OUTDATED', 'PLAN_MOVES_EXECUTED_STEP'] as const),
      ...(['CONCURRENT_CHANGE'] as const),
      ...OF_DAYS,
      ...OF_CASE_COMMANDS,
    ],
  },
});
