import { noQuery } from '../http/pages.ts';
import { lastEventId } from '../openapi/headers.ts';
import { operations } from '../openapi/operation.ts';
import { caseId, departureId } from '../openapi/parameters.ts';

const EXAMPLE = `retry: 2000

event: case
id: 12.0.0
data: {"id":"cas_…","state":"running","needsAttention":false,"sequence":9,"planVersion":1,"etag":"\\"12\\"", …}

event: step
id: 12.9.4
data: {"key":"disable-account","kind":"disableAccount","status":"done","round":1, …}
`;

const description = [
  "Server-sent events: `case`, as in a list (but for `onLegalHold`, which is the person's), with `sequence`, `planVersion` and `etag`; then `step`, each as in a case but without what proves it; then whatever changes; and `end` when it is over.",
  'With `Last-Event-ID` the stream goes on where it was cut, also after a restart: it tells the steps whose last change is newer, each as it stands now. When `planVersion` is another, all steps are told again, and those that are not are gone.',
  'A comment comes at least every 15 seconds. It is one request, however long it is open.',
].join('\n\n');

const following = {
  description,
  query: noQuery,
  headers: [lastEventId],
  answers: {
    200: {
      description: 'The stream.',
      headers: [],
      content: { type: 'text/event-stream', example: EXAMPLE },
    },
    204: { description: 'It is over, and you know it: do not come back.', headers: [] },
  },
};

export const departureEventOperations = operations('Departures', {
  followDeparture: {
    ...{ method: 'get', path: '/v1/departures/:id/events', scope: 'departures:read' },
    summary: 'Follow the progress of a departure',
    params: { id: departureId },
    ...following,
    problems: ['DEPARTURE_NOT_FOUND', 'EVENT_ID_INVALID', 'STREAMS_EXHAUSTED'],
  },
});

export const caseEventOperations = operations('Cases', {
  followCase: {
    ...{ method: 'get', path: '/v1/cases/:id/events', scope: 'cases:read' },
    summary: 'Follow the progress of a case',
    params: { id: caseId },
    ...following,
    problems: ['CASE_NOT_FOUND', 'EVENT_ID_INVALID', 'STREAMS_EXHAUSTED'],
  },
});
