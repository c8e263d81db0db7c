import { z } from 'zod';
import { shownInstant } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { commandMembers } from '../cases/command-schema.ts';
import { stepKind } from '../cases/step-schema.ts';

const step = { key: z.string(), kind: stepKind };
const stepInstants = z.array(z.strictObject({ ...step, at: shownInstant.optional() }));

export const difference = {
  from: z.string(),
  to: z.string(),
  keeps: z.array(z.string()).describe('Steps that were started stay as they are.'),
  added: stepInstants,
  removed: stepInstants,
  moved: z.array(z.strictObject({ ...step, from: shownInstant.optional(), to: shownInstant.optional() })),
  reordered: z.array(z.string()).describe('Steps that come in another order.'),
};

const dryRunSchema = z
  .strictObject({ departureId: z.string(), dryRun: z.literal(true), ...difference })
  .meta({ id: 'ProcedureDifference', description: 'What moving would change.' });

const movedSchema = z
  .strictObject({ ...commandMembers, ...difference })
  .meta({ id: 'MovedToProcedure', description: 'What moving changed.' });

export const procedureMoveSchema = z.union([dryRunSchema, movedSchema]);

export const dryRunExample: z.output<typeof dryRunSchema> = {
  departureId: EXAMPLE.departure,
  dryRun: true,
  from: 'departure@1',
  to: 'departure@2',
  keeps: ['notify-manager'],
  added: [
    {
      key: 'revoke-other-credentials',
      kind: 'revokeOtherCredentials',
      at: { utc: '2027-01-29T16:30:00.000Z', local: '2027-01-29T17:30+01:00' },
    },
  ],
  removed: [],
  moved: [],
  reordered: [],
};
