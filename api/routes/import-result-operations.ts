import { noFields } from '../departures/departure-fields.ts';
import { noQuery, pageSchema } from '../http/pages.ts';
import { modeQuery, rowsQuery } from '../imports/import-fields.ts';
import { failedRowExample, rowExample, rowSchema } from '../imports/row-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { lastEventId } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { importId } from '../openapi/parameters.ts';

const params = { id: importId };
const EVENTS = `retry: 2000

event: import
id: 12
data: {"id":"imp_…","state":"running","progress":{"rows":400,"ofRows":5000,"rowsPerMinute":310.5,"secondsLeft":889}, …}

event: end
id: 31.end
data: {"state":"finished"}
`;
const ERRORS = `import_row,import_error,first_name,last_name,address\r\n${EXAMPLE.import}.2,"The file names this address twice: a row before has it. (ADDRESS_TWICE, address)",Lea,Leaver,lea@example.com\r\n`;
const LINKS = `row,line,person_id,address,setup_link,expires_at,error\r\n1,2,${EXAMPLE.lea},lea@example.com,https://gangway.example/setup/q1Zx…,2026-11-05T08:15:00.000Z,\r\n`;

const file = (description: string, example: string) => ({
  200: {
    description,
    headers: ['Content-Disposition'] as const,
    content: { type: 'text/csv', example },
  },
});

export const importResultOperations = operations('Imports', {
  listImportRows: {
    ...{ method: 'get', path: '/v1/imports/:id/rows', scope: 'people:read' },
    summary: 'See what became of every row',
    description: 'In the order of the file. There are rows once a dry run has begun.',
    params,
    query: rowsQuery,
    answers: {
      200: gives('One page.', pageSchema(rowSchema), { items: [rowExample, failedRowExample] }, 'Link'),
    },
    problems: ['IMPORT_NOT_FOUND'],
  },
  downloadImportErrors: {
    ...{ method: 'get', path: '/v1/imports/:id/errors', scope: 'people:read' },
    summary: 'Download the rows that failed, to mend them',
    description:
      'CSV, as they came, with whose row it was (`import_row`) and why it failed (`import_error`) in front: mend it and upload it again. Passwords are not in it: whoever has none gets a setup link.',
    params,
    query: modeQuery,
    answers: file('The rows; only the header where none failed.', ERRORS),
    problems: ['IMPORT_NOT_FOUND'],
  },
  followImport: {
    ...{ method: 'get', path: '/v1/imports/:id/events', scope: 'people:read' },
    summary: 'Follow the progress of an import',
    description: [
      'Server-sent events: `import`, as it is when it is asked for, then whenever something changes; and `end` when it is `ready`, `finished` or `stopped`.',
      'With `Last-Event-ID` the stream goes on where it was cut. A comment comes at least every 15 seconds. It is one request, however long it is open.',
    ].join('\n\n'),
    params,
    query: noQuery,
    headers: [lastEventId],
    answers: {
      200: {
        description: 'The stream.',
        headers: [],
        content: { type: 'text/event-stream', example: EVENTS },
      },
      204: { description: 'It is over, and you know it: do not come back.', headers: [] },
    },
    problems: ['IMPORT_NOT_FOUND', 'EVENT_ID_INVALID', 'STREAMS_EXHAUSTED'],
  },
  giveImportSetupLinks: {
    ...{ method: 'post', path: '/v1/imports/:id/setup-links', scope: 'people:write' },
    summary: 'Give setup links to everybody who has no password yet',
    description:
      'CSV: a link, good for 72 hours and for one use, for everybody whom the run made without a password and who has not got in yet. Their older links are void from now on. The links are in this answer and nowhere else.',
    params,
    body: takes(noFields, { Nothing: {} }),
    answers: file('The links.', LINKS),
    problems: ['IMPORT_NOT_FOUND', 'IMPORT_STATE'],
  },
});
