import { z } from 'zod';
import { LEAVE_PLAN_WARNINGS } from '../../shared/domain/planner/plan-leave.ts';
import { caseExample, caseSchema, leaveRequest } from '../cases/case-schema.ts';
import { expectedCalls, manualMembers, stepKind } from '../cases/step-schema.ts';
import { shownInstant } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { LEAVE_CHECK_WARNINGS } from './check-leave.ts';

const LEAVE_WARNINGS = [...LEAVE_CHECK_WARNINGS, ...LEAVE_PLAN_WARNINGS] as const;
export type LeaveWarning = (typeof LEAVE_WARNINGS)[number];
const warnings = z.array(z.enum(LEAVE_WARNINGS));

export const requestedLeaveSchema = z.strictObject({ ...caseSchema.shape, warnings }).meta({
  id: 'RequestedLeave',
  description: 'The leave as it was planned.',
});

const request: z.output<typeof leaveRequest> = {
  personId: EXAMPLE.lea,
  reason: 'leave',
  firstDay: '2027-02-01',
  returnDay: '2027-03-01',
  time: '00:00',
  timeZone: 'Europe/Zurich',
  contactPersonId: EXAMPLE.mona,
};
const begins = { utc: '2027-01-31T23:00:00.000Z', local: '2027-02-01T00:00+01:00' };
const ends = { utc: '2027-02-28T23:00:00.000Z', local: '2027-03-01T00:00+01:00' };

export const requestedLeaveExample: z.output<typeof requestedLeaveSchema> = {
  ...caseExample,
  ...{ id: EXAMPLE.leave, kind: 'leave', request, effectiveAt: begins, dueAt: begins },
  plan: { version: 1, procedure: 'leave@1', timeZone: 'Europe/Zurich' },
  steps: [],
  warnings: [],
};

export const leaveSimulationSchema = z
  .strictObject({
    personId: z.string(),
    procedure: z.string(),
    timeZone: z.string(),
    beginsAt: shownInstant,
    endsAt: shownInstant.optional().describe('Absent: until somebody ends it.'),
    request: leaveRequest,
    steps: z.array(
      z.strictObject({
        key: z.string(),
        kind: stepKind,
        at: shownInstant.optional().describe('Absent: once somebody ends the leave.'),
        ...manualMembers,
        calls: expectedCalls,
      }),
    ),
    warnings,
  })
  .meta({ id: 'LeaveSimulation', description: 'Every step in the order of its instant.' });

/** Two of its steps. */
export const leaveSimulationExample: z.output<typeof leaveSimulationSchema> = {
  personId: EXAMPLE.lea,
  ...{ procedure: 'leave@1', timeZone: 'Europe/Zurich', beginsAt: begins, endsAt: ends, request },
  steps: [
    {
      ...{ key: 'disable-account', kind: 'disableAccount', at: begins },
      calls: [{ target: 'directory', operation: 'disable' }],
    },
    {
      ...{ key: 'enable-account', kind: 'enableAccount', at: ends },
      calls: [{ target: 'directory', operation: 'enable' }],
    },
  ],
  warnings: [],
};
