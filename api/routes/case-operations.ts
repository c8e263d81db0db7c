import { z } from 'zod';
import { CASE_KINDS, CASE_STATES } from '../../shared/domain/case-states.ts';
import { caseExample, caseSchema, caseSummaryExample, caseSummarySchema } from '../cases/case-schema.ts';
import { caseChecklistExample, caseChecklistSchema } from '../cases/checklist-schema.ts';
import { commandsOn, ofCommands, stepCommandsOn } from '../cases/command-operations.ts';
import { CASE_ANSWERS } from '../cases/command-schema.ts';
import { proofFields } from '../departures/handover-fields.ts';
import { flagField, idField, severalOf } from '../http/fields.ts';
import { pageFields, pageSchema } from '../http/pages.ts';
import type { ProblemCode } from '../http/problem.ts';
import { ifNoneMatch } from '../openapi/headers.ts';
import { gives, operations, takes, UNCHANGED } from '../openapi/operation.ts';
import { caseId } from '../openapi/parameters.ts';

/** What any command on a case may meet. */
export const OF_CASE_COMMANDS: readonly ProblemCode[] = [
  'CASE_NOT_FOUND',
  'CASE_CLOSED',
  'ENGINE_UNAVAILABLE',
];

const cases = {
  ...({ path: '/v1/cases', id: caseId, scope: 'cases:write' } as const),
  ...{ answers: CASE_ANSWERS, problems: OF_CASE_COMMANDS },
};
const commands = commandsOn(cases);
const stepCommands = stepCommandsOn(cases);
const itemKey = { description: 'The key of an item of the checklist.', example: 'review-sign-ins' };

/** Query of the list. */
export const caseFilter = z.strictObject({
  ...pageFields,
  kind: z.enum(CASE_KINDS).optional(),
  state: severalOf(CASE_STATES)
    .optional()
    .describe('One or several: `state=running,grace`, or the field more than once.'),
  needsAttention: flagField.optional(),
  personId: idField.optional(),
  requestedBy: idField.optional().describe('The owner who asked.'),
});

export const caseOperations = operations('Cases', {
  listCases: {
    ...{ method: 'get', path: '/v1/cases', scope: 'cases:read' },
    summary: 'List cases of every kind',
    query: caseFilter,
    answers: {
      200: gives('One page.', pageSchema(caseSummarySchema), { items: [caseSummaryExample] }, 'Link'),
    },
    problems: [],
  },
  getCase: {
    ...{ method: 'get', path: '/v1/cases/:id', scope: 'cases:read' },
    summary: 'See a case: plan, results and proofs',
    params: { id: caseId },
    headers: [ifNoneMatch],
    answers: { 200: gives('The case in full.', caseSchema, caseExample, 'ETag'), 304: UNCHANGED },
    problems: ['CASE_NOT_FOUND'],
  },
  pauseCase: commands.pause,
  resumeCase: commands.resume,
  cancelCase: commands.cancel,
  abortCase: {
    ...commands.abort,
    summary: 'Stop, and leave everything as it stands; of an onboarding nothing stays',
    description:
      'A half-made account belongs to nobody: an onboarding is undone instead, and `endsAs` says so.',
    answers: { 200: CASE_ANSWERS.calledBack },
    problems: [...commands.abort.problems, ...commands.undo.problems],
  },
  undoCase: commands.undo,
  releaseCase: commands.release,
  retryCaseStep: stepCommands.retry,
  skipCaseStep: stepCommands.skip,
  approveCaseStep: stepCommands.approve,
  getCaseChecklist: {
    ...{ method: 'get', path: '/v1/cases/:id/checklist', scope: 'cases:read' },
    summary: 'See what people have to do by hand in a case',
    params: { id: caseId },
    answers: {
      200: gives('Each item with its owner and its due instant.', caseChecklistSchema, caseChecklistExample),
    },
    problems: ['CASE_NOT_FOUND'],
  },
  completeCaseChecklistItem: {
    ...{ method: 'post', path: '/v1/cases/:id/checklist/:key/complete', scope: 'cases:write' },
    summary: 'Say that an item of a case is done, and how it can be seen',
    description: 'It ends `attested`: the word of a person, never `done`.',
    params: { id: caseId, key: itemKey },
    headers: ofCommands,
    body: takes(proofFields, { 'What was done, and where it is seen': { proof: 'Ticket 4711' } }),
    answers: {
      200: CASE_ANSWERS.stepTold,
    },
    problems: [
      ...(['STEP_UNKNOWN', 'STEP_NOT_MANUAL', 'STEP_ALREADY_SETTLED', 'RECIPIENT_REQUIRED'] as const),
      'SELF_DEPARTURE',
      ...OF_CASE_COMMANDS,
    ],
  },
});
