import { noFields } from '../departures/departure-fields.ts';
import { MAPPING_FAULT_CODES } from '../http/import-problems.ts';
import type { ProblemCode } from '../http/problem.ts';
import { importExample, importSchema, runningExample } from '../imports/import-schema.ts';
import { idempotencyKey, ifMatch } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { importId } from '../openapi/parameters.ts';

const ofCommands = {
  method: 'post',
  scope: 'people:write',
  params: { id: importId },
  headers: [idempotencyKey, ifMatch],
  body: takes(noFields, { Nothing: {} }),
} as const;
const begins = { 202: gives('It begins.', importSchema, runningExample, 'ETag') };
const done = { 200: gives('The import as it is now.', importSchema, importExample, 'ETag') };
const OF_COMMANDS: readonly ProblemCode[] = ['IMPORT_NOT_FOUND', 'IMPORT_STATE', 'CONCURRENT_CHANGE'];

export const importCommandOperations = operations('Imports', {
  tryImport: {
    ...ofCommands,
    path: '/v1/imports/:id/dry-run',
    summary: 'See what an import would do, row by row',
    description:
      'The same code as the real run, with nothing written: every row gets its address, its warnings or why it fails. Its end is the state `ready`, or `stopped` where too many rows fail.',
    answers: begins,
    problems: [...MAPPING_FAULT_CODES, ...OF_COMMANDS, 'IMPORT_FILE_GONE'],
  },
  launchImport: {
    ...ofCommands,
    path: '/v1/imports/:id/launch',
    summary: 'Carry out the rows of an import',
    description: 'As whoever launches it. Rows that ask for departures need `departures:write` too.',
    answers: begins,
    problems: OF_COMMANDS,
  },
  pauseImport: {
    ...ofCommands,
    path: '/v1/imports/:id/pause',
    summary: 'Let no further row be carried out for now',
    answers: done,
    problems: OF_COMMANDS,
  },
  resumeImport: {
    ...ofCommands,
    path: '/v1/imports/:id/resume',
    summary: 'Go on with an import after a pause',
    answers: done,
    problems: OF_COMMANDS,
  },
  abortImport: {
    ...ofCommands,
    path: '/v1/imports/:id/abort',
    summary: 'Stop an import, and leave what was done',
    description: 'Rows that are under way come to their end.',
    answers: done,
    problems: OF_COMMANDS,
  },
});
