import { z } from 'zod';
import { PERSON_STATUSES } from '../../shared/domain/person.ts';
import { caseExample, caseMembers } from '../cases/case-schema.ts';
import { departureExample, departureMembers, lockoutSchema } from '../departures/departure-schema.ts';
import { roundSchema, stepExample, stepKind, stepSchema } from '../cases/step-schema.ts';
import { instant, sha256 } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { legalHoldSchema } from '../people/person-schema.ts';

/** Query of the evidence. */
export const evidenceQuery = z.strictObject({
  format: z
    .enum(['json', 'html'])
    .optional()
    .describe('Absent: a page for a browser, which names HTML in `Accept`; else JSON.'),
});

const leftStepSchema = z
  .strictObject({
    key: z.string(),
    kind: stepKind,
    target: z.string().optional(),
    leftPlan: z.literal(true),
    status: roundSchema.shape.status,
    rounds: z.array(roundSchema),
  })
  .meta({ id: 'LeftStep', description: 'A step that was tried before the plan was changed.' });

const commands = z.array(
  z.strictObject({
    at: instant,
    actorId: z.string(),
    action: z.string(),
    detail: z.record(z.string(), z.unknown()),
  }),
);

/** What the evidence of every case says, besides what the case is. */
const common = {
  format: z.literal('gangway-evidence@1'),
  organisationId: z.string(),
  person: z
    .strictObject({
      id: z.string(),
      fullName: z.string(),
      externalId: z.string().optional(),
      address: z.string(),
      aliases: z.array(z.string()),
      status: z.enum(PERSON_STATUSES),
      generation: z.int(),
      legalHold: legalHoldSchema.optional(),
    })
    .optional(),
  guardHeld: z.boolean().optional(),
  actors: z.record(z.string(), z.string()).describe('The names of those who acted.'),
  decisions: commands.describe('Those commands that only people decide.'),
  commands,
  steps: z.array(z.union([stepSchema, leftStepSchema])),
  archive: z.array(
    z.strictObject({
      part: z.string(),
      target: z.string().optional(),
      messageCount: z.int(),
      bytes: z.int(),
      manifestSha256: sha256,
    }),
  ),
  sha256: sha256.describe('Of the canonical JSON of all other members.'),
};

export const evidenceSchema = z
  .strictObject({ ...common, departure: z.strictObject(departureMembers) })
  .meta({ id: 'Evidence', description: 'Everything that is known of a departure.' });

export const caseEvidenceSchema = z
  .strictObject({
    ...common,
    case: z.strictObject({ ...caseMembers, lockout: lockoutSchema.optional() }),
  })
  .meta({ id: 'CaseEvidence', description: 'Everything that is known of a case, whatever its kind.' });

const { steps: _steps, ...departure } = departureExample;

export const evidenceExample: z.output<typeof evidenceSchema> = {
  format: 'gangway-evidence@1',
  organisationId: EXAMPLE.organisation,
  departure,
  actors: { [EXAMPLE.owner]: 'Paula, HR' },
  decisions: [],
  commands: [
    {
      at: departure.requestedAt,
      actorId: EXAMPLE.owner,
      action: 'departure.requested',
      detail: { reason: 'resigned' },
    },
  ],
  steps: [stepExample],
  archive: [],
  sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
};

const { steps: _none, ...anyCase } = caseExample;
const { departure: _departure, ...ofCase } = evidenceExample;

export const caseEvidenceExample: z.output<typeof caseEvidenceSchema> = {
  ...ofCase,
  case: anyCase,
  commands: [
    {
      ...{ at: anyCase.requestedAt, actorId: EXAMPLE.owner },
      ...{ action: 'onboarding.requested', detail: {} },
    },
  ],
  steps: [],
};
