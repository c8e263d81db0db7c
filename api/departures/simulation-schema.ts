import { z } from 'zod';
import { shownInstant } from '../http/answer-fields.ts';
import { departureExample, requestSchema, warningsField } from './departure-schema.ts';
import { expectedCalls, manualMembers, stepKind } from '../cases/step-schema.ts';

export const simulationSchema = z
  .strictObject({
    personId: z.string(),
    procedure: z.string(),
    timeZone: z.string(),
    leaveAt: shownInstant,
    request: requestSchema,
    steps: z.array(
      z.strictObject({
        key: z.string(),
        kind: stepKind,
        at: shownInstant,
        needsApproval: z.boolean(),
        destructive: z.boolean(),
        ...manualMembers,
        status: z.literal('not_applicable').optional().describe('The target has no such thing.'),
        calls: expectedCalls,
      }),
    ),
    warnings: warningsField,
    planToken: z.string().describe('Send it with the departure, to have this plan or none.'),
  })
  .meta({ id: 'Simulation', description: 'Every step in the order of its instant.' });

/** One of some thirty steps. */
export const simulationExample: z.output<typeof simulationSchema> = {
  personId: departureExample.personId,
  procedure: 'departure@2',
  timeZone: 'Europe/Zurich',
  leaveAt: departureExample.leaveAt,
  request: departureExample.request,
  steps: [
    {
      key: 'disable-account',
      kind: 'disableAccount',
      at: departureExample.leaveAt,
      needsApproval: false,
      destructive: false,
      calls: [{ target: 'directory', operation: 'disable' }],
    },
  ],
  warnings: [],
  planToken: '3tVt6cFq0m5yqv0a1b0nJm4yYH9o3cG6w2Kx7uZ8eQk',
};
