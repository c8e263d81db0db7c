import { z } from 'zod';
import { checklistExample, checklistSchema } from '../cases/checklist-schema.ts';
import { ofCommands } from '../cases/command-operations.ts';
import { COMMANDED, DEPARTURE_ANSWERS } from '../cases/command-schema.ts';
import { proofFields, recipientFields } from '../departures/handover-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { departureId } from '../openapi/parameters.ts';
import { OF_COMMANDS } from './departure-command-operations.ts';

const itemKey = { description: 'The key of an item of the checklist.', example: 'transfer-files' };
const recipientSchema = z.strictObject({ departureId: z.string(), recipientId: z.string() });

export const checklistOperations = operations('Steps', {
  getChecklist: {
    ...{ method: 'get', path: '/v1/departures/:id/checklist', scope: 'departures:read' },
    summary: 'See what people have to do by hand',
    params: { id: departureId },
    answers: {
      200: gives('Each item with its owner and its due instant.', checklistSchema, checklistExample),
    },
    problems: ['DEPARTURE_NOT_FOUND'],
  },
  completeChecklistItem: {
    ...{ method: 'post', path: '/v1/departures/:id/checklist/:key/complete', scope: 'departures:write' },
    summary: 'Say that an item is done, and how it can be seen',
    description: 'It ends `attested`: the word of a person, never `done`.',
    params: { id: departureId, key: itemKey },
    headers: ofCommands,
    body: takes(proofFields, {
      'What was done, and where it is seen': { proof: 'Moved to the team drive, folder Lea' },
    }),
    answers: {
      200: DEPARTURE_ANSWERS.stepTold,
    },
    problems: [
      ...(['STEP_UNKNOWN', 'STEP_NOT_MANUAL', 'STEP_ALREADY_SETTLED', 'RECIPIENT_REQUIRED'] as const),
      ...OF_COMMANDS,
    ],
  },
  nameRecipient: {
    ...{ method: 'put', path: '/v1/departures/:id/recipient', scope: 'departures:write' },
    summary: 'Say who receives what the leaver had',
    description:
      'Answers the question of the checklist where there is one; else it takes the place of who was chosen.',
    params: { id: departureId },
    headers: ofCommands,
    body: takes(recipientFields, { 'A person who stays': { personId: EXAMPLE.mona } }),
    answers: {
      200: gives(
        'The recipient is named.',
        z.union([DEPARTURE_ANSWERS.schemas.told, recipientSchema]),
        {
          departureId: EXAMPLE.departure,
          recipientId: EXAMPLE.mona,
        },
        ...COMMANDED,
      ),
    },
    problems: [
      ...(['RECIPIENT_UNKNOWN', 'RECIPIENT_IS_LEAVER', 'RECIPIENT_INACTIVE'] as const),
      ...(['NOTHING_TO_HAND_OVER', 'STEP_ALREADY_SETTLED', 'CONCURRENT_CHANGE'] as const),
      ...OF_COMMANDS,
    ],
  },
});
