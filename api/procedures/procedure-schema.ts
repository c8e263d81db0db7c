import { z } from 'zod';
import { DAY_ZERO_KINDS } from '../../shared/domain/planner/departure/day-zero.ts';
import { KINDS_WITH_PROCEDURE } from '../../shared/domain/procedure/procedure-kinds.ts';
import { SAMPLE_LAST_DAY } from '../../shared/domain/procedure/sample-departure.ts';
import { instant } from '../http/answer-fields.ts';
import { difference } from '../departures/difference-schema.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { deletionTemplateFields, templateFields } from './procedure-fields.ts';

const summary = {
  name: z
    .string()
    .describe('With its version: `departure@2` ships with Gangway, `departure@2.1` is your own.'),
  kind: z.enum(KINDS_WITH_PROCEDURE),
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
]);
const inFull = { ...summary, template: templateSchema };
export const procedureSchema = z
  .strictObject(inFull)
  .meta({ id: 'Procedure', description: 'A version of a procedure and its numbers. It is never changed.' });

const { keeps: _none, ...changes } = difference;
const sampled = z
  .strictObject({
    sample: z.strictObject({ lastDay: z.string(), leaveTime: z.string(), timeZone: z.string() }),
    ...changes,
  })
  .meta({
    id: 'ProcedureChanges',
    description: 'What it changes for a sample departure that has everything, against the version in force.',
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

export const templateExample: z.output<typeof templateFields> = {
  noticeDaysBefore: 7,
  noticeTime: '09:00',
  leaverNoticeDaysBefore: 14,
  dayZero: [...DAY_ZERO_KINDS],
  leavesOut: [],
  proofDays: [1, 7, 30],
  handoverDay: 7,
  archiveDay: 45,
  purgeDay: 90,
  graceDays: 30,
  reminderDaysBefore: [14, 3, 1],
};

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
  sample: { lastDay: SAMPLE_LAST_DAY, leaveTime: '17:30', timeZone: 'Europe/Zurich' },
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
