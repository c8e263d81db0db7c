import type { ProblemCode } from '../http/problem.ts';
import {
  calledBackSchema,
  cancelledExample,
  cancelledSchema,
  commandExample,
  commandSchema,
  stepCommandSchema,
  undoneExample,
  undoneSchema,
} from '../departures/command-schema.ts';
import {
  approvalFields,
  noFields,
  optionalReasonFields,
  procedureFields,
  reasonFields,
  rescheduleFields,
} from '../departures/departure-fields.ts';
import { dryRunExample, procedureMoveSchema } from '../departures/difference-schema.ts';
import { idempotencyKey, ifMatch, prefer } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { departureId, stepKey } from '../openapi/parameters.ts';

/** Headers of every command on a case, and of its answer. */
export const ofCommands = [idempotencyKey, ifMatch, prefer] as const;
export const COMMANDED = ['ETag', 'Preference-Applied'] as const;

/** What any command on a case may meet. */
export const OF_COMMANDS: readonly ProblemCode[] = [
  'DEPARTURE_NOT_FOUND',
  'CASE_CLOSED',
  'ENGINE_UNAVAILABLE',
];
const OF_PLANS: readonly ProblemCode[] = ['ALREADY_UNDOING', 'POINT_OF_NO_RETURN', 'PLAN_OUTDATED'];

const ofCase = { method: 'post', params: { id: departureId }, headers: ofCommands } as const;
const ofStep = { ...ofCase, params: { id: departureId, key: stepKey } } as const;
const write = 'departures:write';
const carriedOut = {
  200: gives('The case was told.', commandSchema, commandExample, ...COMMANDED),
};
const stepCarriedOut = {
  200: gives('The case was told.', stepCommandSchema, commandExample, ...COMMANDED),
};

export const departureCommandOperations = operations('Departures', {
  rescheduleDeparture: {
    ...ofCase,
    ...{ path: '/v1/departures/:id/reschedule', scope: write },
    summary: 'Move the last day, or lock at once',
    description: 'Whatever was started stays as it is.',
    body: takes(rescheduleFields, {
      'Four weeks later': { lastDay: '2027-02-26' },
      Now: { urgent: true },
    }),
    answers: carriedOut,
    problems: [
      ...(['DATE_INVALID', 'DATE_OUT_OF_RANGE', 'TIME_INVALID', 'ZONE_UNKNOWN'] as const),
      ...(['LAST_DAY_REQUIRED', 'URGENT_WITH_FUTURE_DAY', 'URGENT_WITH_LEAVE_TIME'] as const),
      ...(['RETENTION_OUT_OF_RANGE', 'LOCKING_STARTED'] as const),
      ...OF_PLANS,
      ...(['PLAN_MOVES_EXECUTED_STEP', 'CONCURRENT_CHANGE'] as const),
      ...OF_COMMANDS,
    ],
  },
  moveDepartureToProcedure: {
    ...ofCase,
    ...{ path: '/v1/departures/:id/procedure', scope: write },
    summary: 'Move to a newer version of the procedure',
    description:
      'With `dryRun` it shows the difference and changes nothing. New steps whose instant has passed are carried out at once.',
    headers: [{ ...idempotencyKey, required: false }, ifMatch, prefer],
    body: takes(procedureFields, {
      'See the difference first': { version: 'departure@2', dryRun: true },
      Move: { version: 'departure@2' },
    }),
    answers: { 200: gives('The difference.', procedureMoveSchema, dryRunExample, 'Preference-Applied') },
    problems: [
      ...([
        'IDEMPOTENCY_KEY_REQUIRED',
        'PROCEDURE_UNKNOWN',
        'PROCEDURE_NOT_NEWER',
        'PROCEDURE_GATE_TRIED',
      ] as const),
      ...OF_PLANS,
      'PLAN_MOVES_EXECUTED_STEP',
      ...OF_COMMANDS,
    ],
  },
  pauseDeparture: {
    ...ofCase,
    ...{ path: '/v1/departures/:id/pause', scope: write },
    summary: 'Let nothing more happen for now',
    body: takes(optionalReasonFields, { 'With a reason': { reason: 'the lawyer asks' } }),
    answers: carriedOut,
    problems: ['ALREADY_PAUSED', ...OF_COMMANDS],
  },
  resumeDeparture: {
    ...ofCase,
    ...{ path: '/v1/departures/:id/resume', scope: write },
    summary: 'Go on after a pause',
    body: takes(optionalReasonFields, { 'Without a reason': {} }),
    answers: carriedOut,
    problems: ['NOT_PAUSED', ...OF_COMMANDS],
  },
  cancelDeparture: {
    ...ofCase,
    ...{ path: '/v1/departures/:id/cancel', scope: write },
    summary: 'Give the account back',
    description:
      'A departure that changed nothing yet is cancelled, any other is undone: `endsAs` says which. Possible until the first delete call.',
    body: takes(optionalReasonFields, { 'With a reason': { reason: 'stays with us' } }),
    answers: { 200: gives('How it ends.', calledBackSchema, cancelledExample, ...COMMANDED) },
    problems: [...OF_PLANS, ...OF_COMMANDS],
  },
  abortDeparture: {
    ...ofCase,
    ...{ path: '/v1/departures/:id/abort', scope: write },
    summary: 'Stop, and leave everything as it stands',
    body: takes(reasonFields, { 'With its reason': { reason: 'handled by hand from here on' } }),
    answers: { 200: gives('What stays.', cancelledSchema, cancelledExample, ...COMMANDED) },
    problems: ['POINT_OF_NO_RETURN', ...OF_COMMANDS],
  },
  undoDeparture: {
    ...ofCase,
    ...{ path: '/v1/departures/:id/undo', scope: write },
    summary: 'Put back what can be put back',
    description:
      'The answer names the way back, and what does not come back. Possible until the first delete call.',
    body: takes(reasonFields, { 'With its reason': { reason: 'the contract goes on' } }),
    answers: { 200: gives('The way back.', undoneSchema, undoneExample, ...COMMANDED) },
    problems: [...OF_PLANS, ...OF_COMMANDS],
  },
  releaseDeparture: {
    ...ofCase,
    ...{ path: '/v1/departures/:id/release', scope: 'approvals:write' },
    summary: 'Let a departure go on that the guard holds',
    description: 'By another owner than the one who asked for it.',
    body: takes(reasonFields, { 'With its reason': { reason: 'the branch is closed, I checked the list' } }),
    answers: carriedOut,
    problems: ['SELF_DEPARTURE', 'NOT_GUARD_HELD', 'RELEASER_IS_REQUESTER', ...OF_COMMANDS],
  },
});

export const stepCommandOperations = operations('Steps', {
  retryStep: {
    ...ofStep,
    ...{ path: '/v1/departures/:id/steps/:key/retry', scope: write },
    summary: 'Try a step again',
    description: 'A proof that found the account open again applies the lock again first, as a new round.',
    body: takes(noFields, { Nothing: {} }),
    answers: stepCarriedOut,
    problems: ['STEP_UNKNOWN', 'STEP_NOT_RETRYABLE', 'STEP_IN_FLIGHT', ...OF_COMMANDS],
  },
  skipStep: {
    ...ofStep,
    ...{ path: '/v1/departures/:id/steps/:key/skip', scope: write },
    summary: 'Leave a step out',
    description: 'An essential one takes two people: the first answer is `awaiting_second`.',
    body: takes(reasonFields, { 'With its reason': { reason: 'done by the provider, ticket 4711' } }),
    answers: stepCarriedOut,
    problems: [
      ...(['STEP_UNKNOWN', 'STEP_NOT_SKIPPABLE', 'STEP_ALREADY_SETTLED', 'STEP_IN_FLIGHT'] as const),
      ...(['SECOND_PERSON_NEEDED'] as const),
      ...OF_COMMANDS,
    ],
  },
  approveStep: {
    ...ofStep,
    ...{ path: '/v1/departures/:id/steps/:key/approve', scope: 'approvals:write' },
    params: { ...ofStep.params, key: { ...stepKey, example: 'purge-gate' } },
    summary: 'Let a step pass that waits for a second person',
    description:
      'By another owner than the one who asked for the departure, who types the full name of the leaver.',
    body: takes(approvalFields, { 'The name in full': { typedName: 'Lea Leaver' } }),
    answers: stepCarriedOut,
    problems: [
      ...(['STEP_UNKNOWN', 'APPROVAL_NOT_NEEDED', 'STEP_ALREADY_SETTLED', 'NAME_MISMATCH'] as const),
      ...(['SELF_APPROVAL', 'SELF_DEPARTURE'] as const),
      ...OF_COMMANDS,
    ],
  },
});
