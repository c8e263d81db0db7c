import type { ProblemCode } from '../http/problem.ts';
import type { Scope } from '../http/scopes.ts';
import {
  approvalFields,
  noFields,
  optionalReasonFields,
  reasonFields,
} from '../departures/departure-fields.ts';
import { idempotencyKey, ifMatch, prefer } from '../openapi/headers.ts';
import { takes, type KeyedOperation } from '../openapi/operation.ts';
import { stepKey, type Parameter } from '../openapi/parameters.ts';
import type { CommandAnswers } from './command-schema.ts';

/** Headers of every command on a case. */
export const ofCommands = [idempotencyKey, ifMatch, prefer] as const;

const OF_PLANS: readonly ProblemCode[] = ['ALREADY_UNDOING', 'POINT_OF_NO_RETURN', 'PLAN_OUTDATED'];

/** A part of the API under which cases are told what to do. */
export interface CommandedCases {
  /** `/v1/departures` */
  readonly path: string;
  readonly id: Parameter;
  readonly scope: Scope;
  readonly answers: CommandAnswers;
  /** What any command may meet. */
  readonly problems: readonly ProblemCode[];
}

type Described = Omit<KeyedOperation, 'tag'>;

/** What every case can be told, whatever its kind. */
export function commandsOn({ path, id, scope, answers, problems }: CommandedCases) {
  const command = (name: string) => ({
    ...({ method: 'post', params: { id }, headers: ofCommands, scope } as const),
    path: `${path}/:id/${name}`,
  });
  const carriedOut = { 200: answers.told };
  return {
    pause: {
      ...command('pause'),
      summary: 'Let nothing more happen for now',
      body: takes(optionalReasonFields, { 'With a reason': { reason: 'the lawyer asks' } }),
      answers: carriedOut,
      problems: ['ALREADY_PAUSED', ...problems],
    },
    resume: {
      ...command('resume'),
      summary: 'Go on after a pause',
      body: takes(optionalReasonFields, { 'Without a reason': {} }),
      answers: carriedOut,
      problems: ['NOT_PAUSED', ...problems],
    },
    cancel: {
      ...command('cancel'),
      summary: 'Call it off: everything is as it was before',
      description:
        'A case that changed nothing yet is cancelled, any other is undone: `endsAs` says which. Possible until the first delete call.',
      body: takes(optionalReasonFields, { 'With a reason': { reason: 'stays with us' } }),
      answers: { 200: answers.calledBack },
      problems: [...OF_PLANS, ...problems],
    },
    abort: {
      ...command('abort'),
      summary: 'Stop, and leave everything as it stands',
      body: takes(reasonFields, { 'With its reason': { reason: 'handled by hand from here on' } }),
      answers: { 200: answers.cancelled },
      problems: ['POINT_OF_NO_RETURN', ...problems],
    },
    undo: {
      ...command('undo'),
      summary: 'Put back what can be put back',
      description:
        'The answer names the way back, and what does not come back. Possible until the first delete call.',
      body: takes(reasonFields, { 'With its reason': { reason: 'the contract goes on' } }),
      answers: { 200: answers.undone },
      problems: [...OF_PLANS, ...problems],
    },
    release: {
      ...command('release'),
      scope: 'approvals:write',
      summary: 'Let a case go on that the guard holds',
      description: 'By another owner than the one who asked for it.',
      body: takes(reasonFields, {
        'With its reason': { reason: 'the branch is closed, I checked the list' },
      }),
      answers: carriedOut,
      problems: ['SELF_DEPARTURE', 'NOT_GUARD_HELD', 'RELEASER_IS_REQUESTER', ...problems],
    },
  } as const satisfies Readonly<Record<string, Described>>;
}

/** What can be said of one step of a case. */
export function stepCommandsOn({ path, id, scope, answers, problems }: CommandedCases) {
  const command = (name: string) => ({
    ...({ method: 'post', params: { id, key: stepKey }, headers: ofCommands, scope } as const),
    path: `${path}/:id/steps/:key/${name}`,
  });
  const carriedOut = {
    200: answers.stepTold,
  };
  return {
    retry: {
      ...command('retry'),
      summary: 'Try a step again',
      description: 'A proof that found the account open again applies the lock again first, as a new round.',
      body: takes(noFields, { Nothing: {} }),
      answers: carriedOut,
      problems: ['STEP_UNKNOWN', 'STEP_NOT_RETRYABLE', 'STEP_IN_FLIGHT', ...problems],
    },
    skip: {
      ...command('skip'),
      summary: 'Leave a step out',
      description: 'An essential one takes two people: the first answer is `awaiting_second`.',
      body: takes(reasonFields, { 'With its reason': { reason: 'done by the provider, ticket 4711' } }),
      answers: carriedOut,
      problems: [
        ...(['STEP_UNKNOWN', 'STEP_NOT_SKIPPABLE', 'STEP_ALREADY_SETTLED', 'STEP_IN_FLIGHT'] as const),
        ...(['SECOND_PERSON_NEEDED'] as const),
        ...problems,
      ],
    },
    approve: {
      ...command('approve'),
      scope: 'approvals:write',
      params: { id, key: { ...stepKey, example: 'purge-gate' } },
      summary: 'Let a step pass that waits for a second person',
      description:
        'By another owner than the one who asked for the case, who types the full name of the person.',
      body: takes(approvalFields, { 'The name in full': { typedName: 'Lea Leaver' } }),
      answers: carriedOut,
      problems: [
        ...(['STEP_UNKNOWN', 'APPROVAL_NOT_NEEDED', 'STEP_ALREADY_SETTLED', 'NAME_MISMATCH'] as const),
        ...(['SELF_APPROVAL', 'SELF_DEPARTURE'] as const),
        ...problems,
      ],
    },
  } as const satisfies Readonly<Record<string, Described>>;
}
