import { evidenceExample, evidenceQuery, evidenceSchema } from '../evidence/evidence-schema.ts';
import { operations } from '../openapi/operation.ts';
import { departureId } from '../openapi/parameters.ts';

export const evidenceOperations = operations('Departures', {
  getEvidence: {
    ...{ method: 'get', path: '/v1/departures/:id/evidence', scope: 'departures:read' },
    summary: 'Get all that is known of a departure',
    description:
      'Who asked and decided, every command, attempt and read-back, proofs, the time to lockout, the hashes of the archive; also when the account is gone. The access is in the audit.',
    params: { id: departureId },
    query: evidenceQuery,
    answers: {
      200: {
        description: 'The evidence, as JSON or as a page to print.',
        headers: ['Gangway-Evidence-Sha256', 'Vary'],
        content: [
          { type: 'application/json', schema: evidenceSchema, example: evidenceExample },
          { type: 'text/html' },
        ],
      },
    },
    problems: ['DEPARTURE_NOT_FOUND'],
  },
});
