import { z } from 'zod';
import { caseMembers } from '../cases/case-schema.ts';
import { stepExample, stepSchema } from '../cases/step-schema.ts';
import { warningsField } from '../departures/departure-schema.ts';
import { simulationExample } from '../departures/simulation-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';

export const requestedDeletionSchema = z
  .strictObject({ ...caseMembers, steps: z.array(stepSchema), warnings: warningsField })
  .meta({ id: 'RequestedDeletion', description: 'The deletion as a case, with its plan.' });

const lockedAt = { utc: '2026-12-01T09:00:00.000Z', local: '2026-12-01T10:00+01:00' };
const request = {
  personId: EXAMPLE.lea,
  leaveTime: '17:30',
  timeZone: 'Europe/Zurich',
  urgent: true,
  undecided: ['files' as const],
  reason: 'account made by mistake',
};

/** One of some twenty steps. */
export const requestedDeletionExample: z.output<typeof requestedDeletionSchema> = {
  ...{ id: EXAMPLE.deletion, kind: 'deletion', personId: EXAMPLE.lea },
  ...{ state: 'scheduled', needsAttention: false, engine: 'started' },
  ...{ requestedBy: EXAMPLE.owner, requestedAt: lockedAt.utc, effectiveAt: lockedAt, dueAt: lockedAt },
  request,
  plan: { version: 1, procedure: 'deletion@1', timeZone: 'Europe/Zurich' },
  steps: [{ ...stepExample, dueAt: lockedAt }],
  warnings: [],
};

export const deletionSimulationExample: typeof simulationExample = {
  ...simulationExample,
  ...{ procedure: 'deletion@1', leaveAt: lockedAt, request },
  steps: simulationExample.steps.map((step) => ({ ...step, at: lockedAt })),
};

export const recipientNamedSchema = z.strictObject({ caseId: z.string(), recipientId: z.string() });
