import { z } from 'zod';
import { CASE_KINDS } from '../../shared/domain/case-states.ts';
import { SAMPLE_DAY } from '../../shared/domain/procedure/sample-day.ts';
import { instant } from '../http/answer-fields.ts';
import { difference } from '../departures/difference-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import {
  deletionTemplateFields,
  leaveTemplateFields,
  onboardingTemplateFields,
  roleChangeTemplateFields,
  templateFields,
} from './procedure-fields.ts';
import { templateExample } from './template-examples.ts';

const summary = {
  name: z
    .string()
    .describe('With its version: `departure@2` ships with Gangway, `departure@2.1` is your own.'),
  kind: z.enum(CASE_KINDS),
  origin: z.enum(['built_in', 'own']),
  inForce: z.boolean().describe('New cases of the kind are planned by it.'),
  basedOn: z.string().optional(),
  reason: z.string().optional(),
  madeBy: z.string().optional(),
  madeAt: instant.optional(),
};
export const procedureSummarySchema = z
  .strictObject(summary)
  .meta({ id: 'ProcedureSummary', description: 'A version of a procedure.' });

const templateSchema = z.union([
  templateFields.meta({ id: 'ProcedureTemplate' }),
  deletionTemplateFields.meta({ id: 'DeletionTemplate' }),
  onboardingTemplateFields.meta({ id: 'OnboardingTemplate' }),
  roleChangeTemplateFields.meta({ id: 'RoleChangeTemplate' }),
  leaveTemplateFields.meta({ id: 'LeaveTemplate' }),
]);
const inFull = { ...summary, template: templateSchema };
export const procedureSchema = z
  .strictObject(inFull)
  .meta({ id: 'Procedure', description: 'A version of a procedure and its numbers. It is never changed.' });

const { keeps: _none, ...changes } = difference;
const sampled = z
  .strictObject({
    sample: z
      .strictObject({ day: z.string(), time: z.string(), timeZone: z.string() })
      .describe('What its days count from: a last day, a first day, the date of a role change.'),
    ...changes,
  })
  .meta({
    id: 'ProcedureChanges',
    description: 'What it changes for sample cases that have everything, against the version in force.',
  });

export const madeProcedureSchema = z
  .strictObject({ ...inFull, difference: sampled })
  .meta({ id: 'MadeProcedure' });
export const triedProcedureSchema = z
  .strictObject({
    dryRun: z.literal(true),
    name: z.string(),
    template: templateSchema,
    difference: sampled,
  })
  .meta({ id: 'TriedProcedure' });
export const procedureInForceSchema = z
  .strictObject({ ...inFull, difference: sampled.optional() })
  .meta({ id: 'ProcedureInForce' });

export const procedureExample: z.output<typeof procedureSchema> = {
  name: 'departure@2.1',
  kind: 'departure',
  origin: 'own',
  inForce: false,
  basedOn: 'departure@2',
  reason: 'The archive is needed earlier.',
  madeBy: EXAMPLE.owner,
  madeAt: '2026-12-01T09:00:00.000Z',
  template: templateExample,
};
export const changesExample: z.output<typeof sampled> = {
  sample: { day: SAMPLE_DAY, time: '17:30', timeZone: 'Europe/Zurich' },
  from: 'departure@2',
  to: 'departure@2.1',
  added: [],
  removed: [],
  moved: [
    {
      key: 'archive-mailbox',
      kind: 'archiveMailbox',
      from: { utc: '2031-08-01T15:30:00.000Z', local: '2031-08-01T17:30+02:00' },
      to: { utc: '2031-07-17T15:30:00.000Z', local: '2031-07-17T17:30+02:00' },
    },
  ],
  reordered: [],
};
