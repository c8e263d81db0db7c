import { z } from 'zod';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { caseState } from './departure-schema.ts';
import { stepKind, stepSummarySchema } from './step-schema.ts';

/** What every command on a case answers. */
export const commandMembers = {
  departureId: z.string(),
  effect: z
    .enum(['applied', 'awaiting_second'])
    .describe('`awaiting_second`: recorded, and a second person must confirm it.'),
  sequence: z.int().describe('Counts up with every change of the case.'),
  state: caseState,
  needsAttention: z.boolean(),
};

export const commandSchema = z.strictObject(commandMembers).meta({ id: 'CommandResult' });

/** Of a command on one step. */
export const stepCommandSchema = z
  .strictObject({
    ...commandMembers,
    step: stepSummarySchema.optional().describe('With `Prefer: wait`: what became of it.'),
  })
  .meta({ id: 'StepCommandResult' });

export const cancelledSchema = z
  .strictObject({
    ...commandMembers,
    endsAs: z.literal('cancelled'),
    staysInEffect: z.array(z.string()).describe('The steps that were done and stay as they are.'),
  })
  .meta({ id: 'CancelledDeparture' });

export const undoneSchema = z
  .strictObject({
    ...commandMembers,
    endsAs: z.literal('undone'),
    wayBack: z
      .array(z.strictObject({ key: z.string(), kind: stepKind, undoes: z.string().optional() }))
      .describe('The steps that put things back, in their order.'),
    cannotComeBack: z.array(z.strictObject({ what: z.string(), sentence: z.string() })),
  })
  .meta({ id: 'UndoneDeparture' });

export const calledBackSchema = z.discriminatedUnion('endsAs', [cancelledSchema, undoneSchema]);

export const commandExample: z.output<typeof commandSchema> = {
  departureId: EXAMPLE.departure,
  effect: 'applied',
  sequence: 4,
  state: 'scheduled',
  needsAttention: false,
};

export const cancelledExample: z.output<typeof cancelledSchema> = {
  ...commandExample,
  state: 'cancelled',
  endsAs: 'cancelled',
  staysInEffect: ['notify-manager'],
};

export const undoneExample: z.output<typeof undoneSchema> = {
  ...commandExample,
  state: 'running',
  endsAs: 'undone',
  wayBack: [
    { key: 'undo-disable-account', kind: 'enableAccount', undoes: 'disable-account' },
    { key: 'give-setup-link', kind: 'giveSetupLink' },
  ],
  cannotComeBack: [
    { what: 'password', sentence: 'The old password is gone; the setup link lets the person set a new one.' },
  ],
};
