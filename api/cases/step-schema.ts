import { z } from 'zod';
import { STEP_STATUSES } from '../../shared/domain/case-states.ts';
import { STEP_KINDS } from '../../shared/domain/step-kinds.ts';
import { STEP_FAILURES, type StepFailureCode } from '../../shared/errors/failure-types.ts';
import { instant, onlyTrue, shownInstant } from '../http/answer-fields.ts';
import { snapshotSchema } from './snapshot-schema.ts';

const failureSentences = Object.entries(STEP_FAILURES).map(
  ([code, { sentence }]) => `- \`${code}\`: ${sentence}`,
);

/** Of a step that is simulated. */
export const expectedCalls = z
  .array(z.strictObject({ target: z.string(), operation: z.string() }))
  .optional()
  .describe('What would be called on the account as it stands now.');

const stepErrorSchema = z
  .strictObject({
    code: z.enum(Object.keys(STEP_FAILURES) as StepFailureCode[]).describe(failureSentences.join('\n')),
    sentence: z.string(),
  })
  .meta({ id: 'StepError', description: 'Why a step, or one attempt of it, did not succeed.' });

export const roundSchema = z
  .strictObject({
    evidenceId: z.string(),
    round: z.int(),
    status: z.enum(['intended', 'done', 'attested', 'not_applicable', 'failed']),
    before: snapshotSchema.optional().describe('Read before the first call; the basis of an undo.'),
    after: snapshotSchema.optional().describe('Read back after the call, over another connection.'),
    proof: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('What proves it besides; the members depend on the kind of the step.'),
    attempts: z.array(
      z.strictObject({
        attempt: z.int(),
        startedAt: instant,
        endedAt: instant.optional(),
        error: stepErrorSchema.optional(),
      }),
    ),
    error: stepErrorSchema.optional(),
    occurredAt: instant.optional().describe('When it was proven, in the time of the case.'),
    recordedAt: instant,
  })
  .meta({ id: 'Round', description: 'What one round of a step did and proved.' });

export const stepKind = z.enum(STEP_KINDS).meta({ id: 'StepKind', description: 'The kind of a step.' });
export const stepStatus = z.enum(STEP_STATUSES).meta({
  id: 'StepStatus',
  description: 'Only `done` was read back from the target; `attested` is the word of a person.',
});

/** Of a step that people carry out by hand: whose it is; without `ownerId` the organisation's. */
export const manualMembers = { manual: onlyTrue, ownerId: z.string().optional() };

const result = {
  status: stepStatus,
  round: z.int(),
  settledAt: instant.optional(),
  error: stepErrorSchema.optional(),
  skippedBy: z.array(z.string()).optional(),
  skipRequestedBy: z.string().optional().describe('A second person must confirm that the step is skipped.'),
  approvedBy: z.string().optional(),
  attestedBy: z.string().optional(),
};

const summary = {
  key: z.string().describe('Unique within the departure, and stable when it is moved.'),
  kind: stepKind,
  target: z.string().optional(),
  dueAt: shownInstant.optional(),
  expected: onlyTrue.describe('The instant is not fixed yet: it counts from the end of another step.'),
  ...manualMembers,
  ...result,
};

export const stepSummarySchema = z
  .strictObject(summary)
  .meta({ id: 'StepSummary', description: 'A step and what became of it, without what proves it.' });

export const stepSchema = z
  .strictObject({
    ...summary,
    dependsOn: z.array(z.string()).describe('Steps that must be settled before this one starts.'),
    follows: z.array(z.string()).describe('Steps that must have been tried before, with whatever result.'),
    reversible: z.boolean(),
    destructive: z.boolean().describe('Cannot be taken back.'),
    needsApproval: z.boolean(),
    essential: z.boolean().describe('Leaving it out takes two people.'),
    rounds: z.array(roundSchema),
  })
  .meta({ id: 'Step' });

export const stepExample: z.output<typeof stepSchema> = {
  key: 'disable-account',
  kind: 'disableAccount',
  dueAt: { utc: '2027-01-29T16:30:00.000Z', local: '2027-01-29T17:30+01:00' },
  dependsOn: [],
  follows: ['take-snapshot'],
  reversible: true,
  destructive: false,
  needsApproval: false,
  essential: true,
  status: 'waiting',
  round: 1,
  rounds: [],
};
