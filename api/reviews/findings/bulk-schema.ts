import { z } from 'zod';
import { FINDING_STATES } from '../../../shared/domain/reviews/finding.ts';
import { problemKindOf } from '../../http/problem.ts';
import { EXAMPLE } from '../../openapi/example-ids.ts';

export const bulkSchema = z
  .strictObject({
    decided: z.int(),
    refused: z.int(),
    results: z.array(
      z.strictObject({
        findingId: z.string(),
        result: z.enum(['decided', 'refused']),
        state: z.enum(FINDING_STATES).optional().describe('Of one that was decided.'),
        code: z.string().optional().describe('Why not: the code of a problem.'),
        sentence: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'BulkDecision', description: 'What became of each finding.' });

export const bulkExample: z.output<typeof bulkSchema> = {
  ...{ decided: 1, refused: 1 },
  results: [
    { findingId: EXAMPLE.finding, result: 'decided', state: 'decided' },
    {
      ...{ findingId: EXAMPLE.otherFinding, result: 'refused', code: 'FINDING_STATE' },
      sentence: problemKindOf('FINDING_STATE').sentence,
    },
  ],
};
