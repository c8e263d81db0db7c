import { z } from 'zod';
import { ofCommands } from '../cases/command-operations.ts';
import { CASE_ANSWERS, COMMANDED } from '../cases/command-schema.ts';
import { decisionFields, deletionFields } from '../deletions/deletion-fields.ts';
import {
  deletionSimulationExample,
  recipientNamedSchema,
  requestedDeletionExample,
  requestedDeletionSchema,
} from '../deletions/deletion-schema.ts';
import { reasonFields } from '../departures/departure-fields.ts';
import { recipientFields } from '../departures/handover-fields.ts';
import { simulationSchema } from '../departures/simulation-schema.ts';
import type { ProblemCode } from '../http/problem.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { optionalIdempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { deletionId } from '../openapi/parameters.ts';

const OF_REDIRECT = [
  'REDIRECT_TO_LEAVER',
  'REDIRECT_NOWHERE',
  'REDIRECT_INACTIVE',
  'PRESET_EXCEEDED',
] as const;
const OF_MAIL = ['DATE_INVALID', 'MAIL_RANGE_EMPTY'] as const;
const OF_RECIPIENT = ['RECIPIENT_UNKNOWN', 'RECIPIENT_IS_LEAVER', 'RECIPIENT_INACTIVE'] as const;

/** Whatever can be wrong with what is asked for. */
const OF_REQUEST: readonly ProblemCode[] = [
  ...(['PERSON_UNKNOWN', 'PERSON_PROTECTED', 'PERSON_DEPARTED', 'LAST_ADMINISTRATOR'] as const),
  ...(['NAME_MISMATCH', 'GRACE_OUT_OF_RANGE', 'SUCCESSOR_UNKNOWN', 'SUCCESSOR_IS_LEAVER'] as const),
  ...OF_REDIRECT,
  ...(['REDIRECT_TO_ONE', 'REDIRECT_ENDS_EARLY', 'REDIRECT_BEYOND_QUARANTINE'] as const),
  ...OF_RECIPIENT,
  'ACCESS_NOT_ALLOWED',
  ...OF_MAIL,
];
const OF_COMMANDS: readonly ProblemCode[] = ['DELETION_NOT_FOUND', 'CASE_CLOSED', 'ENGINE_UNAVAILABLE'];

const body = takes(deletionFields, {
  'Everything is decided': {
    ...{ personId: EXAMPLE.lea, typedName: 'Lea Leaver', reason: 'the contract was never signed' },
    handover: { recipientId: EXAMPLE.mona, mail: { folders: ['INBOX'] }, files: true, calendars: 'close' },
    redirect: false,
    graceDays: 30,
  },
  'The rest is asked on the checklist': {
    ...{ personId: EXAMPLE.lea, typedName: 'Lea Leaver', reason: 'account made by mistake' },
  },
});

const ofCase = { params: { id: deletionId }, headers: ofCommands } as const;
const write = 'cases:write';

export const deletionOperations = operations('Deletions', {
  simulateDeletion: {
    ...{ method: 'post', path: '/v1/deletions/simulation', scope: 'cases:read' },
    summary: 'See what a deletion would do',
    description:
      'The same checks and the same plan, every step with its instant and its calls. Writes nothing.',
    body,
    answers: { 200: gives('What would happen.', simulationSchema, deletionSimulationExample) },
    problems: OF_REQUEST,
  },
  requestDeletion: {
    ...{ method: 'post', path: '/v1/deletions', scope: write },
    summary: 'Ask for the deletion of an account',
    description:
      'The account is locked at once, what is in it is handed over and archived. The gate opens when every item of the checklist is decided and somebody else has typed the name; nothing is deleted before the grace after it is over.',
    headers: [optionalIdempotencyKey],
    body,
    answers: {
      202: gives('The deletion was taken.', requestedDeletionSchema, requestedDeletionExample, 'Location'),
    },
    problems: ['DEPARTURE_EXISTS', 'CASE_EXISTS', 'SELF_DEPARTURE', 'PLAN_CHANGED', ...OF_REQUEST],
  },
  decideDeletionItem: {
    ...{ ...ofCase, method: 'post', path: '/v1/deletions/:id/decisions', scope: write },
    summary: 'Decide what the deletion left open',
    description:
      'Answers one question of the checklist, which is carried out. Where it was done by hand, say so by completing the item.',
    body: takes(decisionFields, {
      'Which mail is copied': { mail: { folders: ['INBOX'], since: '2026-07-01' } },
      'Files are handed over': { files: true },
      'Shared calendars are closed': { calendars: 'close' },
      'Contacts are exported': { contacts: true },
      'Somebody gets the mail for a while': {
        redirect: { toPersonId: EXAMPLE.mona, reason: 'orders under way' },
      },
      'There is no redirect': { redirect: false },
    }),
    answers: { 200: CASE_ANSWERS.told },
    problems: [
      ...(['ONE_ITEM_AT_A_TIME', 'RECIPIENT_MISSING', 'STEP_UNKNOWN', 'STEP_ALREADY_SETTLED'] as const),
      ...OF_MAIL,
      ...OF_REDIRECT,
      'CONCURRENT_CHANGE',
      ...OF_COMMANDS,
    ],
  },
  nameDeletionRecipient: {
    ...{ ...ofCase, method: 'put', path: '/v1/deletions/:id/recipient', scope: write },
    summary: 'Say who receives what is handed over',
    description:
      'Answers the question of the checklist where there is one; else it takes the place of who was chosen.',
    body: takes(recipientFields, { 'A person who stays': { personId: EXAMPLE.mona } }),
    answers: {
      200: gives(
        'The recipient is named.',
        z.union([CASE_ANSWERS.schemas.told, recipientNamedSchema]),
        { caseId: EXAMPLE.deletion, recipientId: EXAMPLE.mona },
        ...COMMANDED,
      ),
    },
    problems: [
      ...OF_RECIPIENT,
      ...(['NOTHING_TO_HAND_OVER', 'STEP_ALREADY_SETTLED', 'CONCURRENT_CHANGE'] as const),
      ...OF_COMMANDS,
    ],
  },
  restoreDeletion: {
    ...{ ...ofCase, method: 'post', path: '/v1/deletions/:id/restore', scope: write },
    summary: 'Give everything back',
    description:
      'Until the first delete call everything comes back: access, address and aliases, groups, rules, files and calendars. `endsAs` says whether anything had to be undone; the answer names what cannot come back.',
    body: takes(reasonFields, { 'With its reason': { reason: 'it was the other Lea' } }),
    answers: { 200: CASE_ANSWERS.calledBack },
    problems: ['POINT_OF_NO_RETURN', 'ALREADY_UNDOING', 'PLAN_OUTDATED', ...OF_COMMANDS],
  },
});
