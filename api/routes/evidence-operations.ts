import type { z } from 'zod';
import {
  caseEvidenceExample,
  caseEvidenceSchema,
  evidenceExample,
  evidenceQuery,
  evidenceSchema,
} from '../evidence/evidence-schema.ts';
import { operations } from '../openapi/operation.ts';
import { caseId, departureId } from '../openapi/parameters.ts';

const description =
  'Who asked and decided, every command, attempt and read-back, proofs, the time to lockout, the hashes of the archive; also when the account is gone. The access is in the audit.';

/** As data, or as a page. */
function given(schema: z.ZodType, example: unknown) {
  return {
    200: {
      description: 'The evidence, as JSON or as a page to print.',
      headers: ['Gangway-Evidence-Sha256', 'Vary'] as const,
      content: [{ type: 'application/json', schema, example }, { type: 'text/html' }] as const,
    },
  };
}

export const evidenceOperations = operations('Departures', {
  getEvidence: {
    ...{ method: 'get', path: '/v1/departures/:id/evidence', scope: 'departures:read' },
    summary: 'Get all that is known of a departure',
    description,
    params: { id: departureId },
    query: evidenceQuery,
    answers: given(evidenceSchema, evidenceExample),
    problems: ['DEPARTURE_NOT_FOUND'],
  },
});

export const caseEvidenceOperations = operations('Cases', {
  getCaseEvidence: {
    ...{ method: 'get', path: '/v1/cases/:id/evidence', scope: 'cases:read' },
    summary: 'Get all that is known of a case',
    description,
    params: { id: caseId },
    query: evidenceQuery,
    answers: given(caseEvidenceSchema, caseEvidenceExample),
    problems: ['CASE_NOT_FOUND'],
  },
});
