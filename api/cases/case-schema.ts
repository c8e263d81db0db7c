import { z } from 'zod';
import { CASE_KINDS } from '../../shared/domain/case-states.ts';
import { LEAVE_REASONS } from '../../shared/domain/leave.ts';
import { ACCOUNT_ROLES } from '../../shared/domain/person.ts';
import { requestSchema } from '../departures/departure-schema.ts';
import { onlyTrue, shownInstant } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { stepSchema } from './step-schema.ts';
import { shownPlan, summaryMembers } from './summary-members.ts';

export const caseKind = z.enum(CASE_KINDS).meta({ id: 'CaseKind' });

const when = { timeZone: z.string(), note: z.string().optional() };

export const onboardingRequest = z
  .strictObject({
    ...{ personId: z.string(), firstDay: z.string(), startTime: z.string(), ...when },
    createDaysBefore: z.int(),
    template: z.string().optional(),
    groups: z.array(z.string()),
    lists: z.array(z.string()),
    credentials: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('setup_link'), to: z.string().optional() }),
      z.strictObject({ kind: z.literal('welcome_mail'), to: z.string().optional(), locale: z.string() }),
    ]),
    endsOn: z.string().optional(),
  })
  .meta({ id: 'ResolvedOnboarding' });

const rights = z.strictObject({ groups: z.array(z.string()), lists: z.array(z.string()) });

export const roleChangeRequest = z
  .strictObject({
    ...{ personId: z.string(), to: z.string(), from: z.string().optional() },
    ...{ date: z.string(), time: z.string(), ...when },
    overlapDays: z.int(),
    adds: rights,
    removes: rights,
    accountRole: z.enum(ACCOUNT_ROLES).optional(),
    quotaBytes: z.int().optional(),
    managerId: z.string().optional(),
    department: z.string().optional(),
  })
  .meta({ id: 'ResolvedRoleChange' });

export const leaveRequest = z
  .strictObject({
    ...{ personId: z.string(), reason: z.enum(LEAVE_REASONS) },
    ...{ firstDay: z.string().optional(), returnDay: z.string().optional(), time: z.string(), ...when },
    contactPersonId: z.string().optional(),
    autoReply: requestSchema.shape.autoReply,
    opensOnly: onlyTrue.describe('An account that an earlier case left locked is opened, and nothing else.'),
  })
  .meta({ id: 'ResolvedLeave' });

const summary = {
  ...summaryMembers,
  kind: caseKind,
  effectiveAt: shownInstant.describe(
    'What its days count from: the first day, the date of the change, the instant of the lock.',
  ),
};

export const caseSummarySchema = z
  .strictObject(summary)
  .meta({ id: 'CaseSummary', description: 'A case in a list.' });

/** All of a case but its steps. */
export const caseMembers = {
  ...summary,
  request: z
    .union([onboardingRequest, roleChangeRequest, leaveRequest, requestSchema])
    .describe('What was asked for, with everything decided that was left open; by the kind of the case.'),
  plan: shownPlan,
};

export const caseSchema = z
  .strictObject({ ...caseMembers, steps: z.array(stepSchema) })
  .meta({ id: 'Case', description: 'A case in full, with what proves each step.' });

export const caseSummaryExample: z.output<typeof caseSummarySchema> = {
  id: EXAMPLE.onboarding,
  kind: 'onboarding',
  personId: EXAMPLE.lea,
  state: 'scheduled',
  needsAttention: false,
  engine: 'started',
  requestedBy: EXAMPLE.owner,
  requestedAt: '2026-12-01T09:00:00.000Z',
  effectiveAt: { utc: '2027-01-04T07:00:00.000Z', local: '2027-01-04T08:00+01:00' },
  dueAt: { utc: '2026-12-28T07:00:00.000Z', local: '2026-12-28T08:00+01:00' },
};

export const caseExample: z.output<typeof caseSchema> = {
  ...caseSummaryExample,
  request: {
    personId: EXAMPLE.lea,
    firstDay: '2027-01-04',
    startTime: '08:00',
    timeZone: 'Europe/Zurich',
    createDaysBefore: 7,
    groups: ['sales'],
    lists: [],
    credentials: { kind: 'setup_link' },
  },
  plan: { version: 1, procedure: 'onboarding@1', timeZone: 'Europe/Zurich' },
  steps: [],
};
