import type { ProblemCode } from '../http/problem.ts';
import { commandsOn, ofCommands, stepCommandsOn } from '../cases/command-operations.ts';
import { DEPARTURE_ANSWERS } from '../cases/command-schema.ts';
import { procedureFields, rescheduleFields } from '../departures/departure-fields.ts';
import { dryRunExample, procedureMoveSchema } from '../departures/difference-schema.ts';
import { idempotencyKey, ifMatch, prefer } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { departureId } from '../openapi/parameters.ts';

/** What any command on a departure may meet. */
export const OF_COMMANDS: readonly ProblemCode[] = [
  'DEPARTURE_NOT_FOUND',
  'CASE_CLOSED',
  'ENGINE_UNAVAILABLE',
];
const OF_PLANS: readonly ProblemCode[] = ['ALREADY_UNDOING', 'POINT_OF_NO_RETURN', 'PLAN_OUTDATED'];

const write = 'departures:write';
const ofCase = { method: 'post', params: { id: departureId }, headers: ofCommands } as const;
const departures = {
  ...({ path: '/v1/departures', id: departureId, scope: write } as const),
  ...{ answers: DEPARTURE_ANSWERS, problems: OF_COMMANDS },
};
const commands = commandsOn(departures);
const stepCommands = stepCommandsOn(departures);

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
    answers: commands.pause.answers,
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
  pauseDeparture: commands.pause,
  resumeDeparture: commands.resume,
  cancelDeparture: { ...commands.cancel, summary: 'Give the account back' },
  abortDeparture: commands.abort,
  undoDeparture: commands.undo,
  releaseDeparture: commands.release,
});

export const stepCommandOperations = operations('Steps', {
  retryStep: stepCommands.retry,
  skipStep: stepCommands.skip,
  approveStep: stepCommands.approve,
});
