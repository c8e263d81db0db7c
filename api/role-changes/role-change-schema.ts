import { z } from 'zod';
import { ROLE_CHANGE_WARNINGS } from '../../shared/domain/planner/plan-role-change.ts';
import { caseExample, caseSchema, roleChangeRequest } from '../cases/case-schema.ts';
import { expectedCalls, stepKind } from '../cases/step-schema.ts';
import { shownInstant } from '../http/answer-fields.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';

const warnings = z.array(z.enum(ROLE_CHANGE_WARNINGS));

export const requestedRoleChangeSchema = z
  .strictObject({ ...caseSchema.shape, request: roleChangeRequest, warnings })
  .meta({ id: 'RequestedRoleChange' });

export const roleChangeSimulationSchema = z
  .strictObject({
    personId: z.string(),
    procedure: z.string(),
    timeZone: z.string(),
    effectiveAt: shownInstant,
    oldRightsEndAt: shownInstant.optional().describe('Absent: nothing ends.'),
    request: roleChangeRequest,
    steps: z.array(
      z.strictObject({
        key: z.string(),
        kind: stepKind,
        at: shownInstant,
        calls: expectedCalls,
      }),
    ),
    warnings,
  })
  .meta({ id: 'RoleChangeSimulation', description: 'Every step in the order of its instant.' });

const request: z.output<typeof roleChangeRequest> = {
  personId: EXAMPLE.lea,
  ...{ to: 'sales', from: 'support', date: '2027-02-01', time: '08:00', timeZone: 'Europe/Zurich' },
  overlapDays: 14,
  adds: { groups: ['sales', 'crm'], lists: ['sales@example.com'] },
  removes: { groups: ['helpdesk'], lists: [] },
  managerId: EXAMPLE.mona,
};
const effectiveAt = { utc: '2027-02-01T07:00:00.000Z', local: '2027-02-01T08:00+01:00' };

export const requestedRoleChangeExample: z.output<typeof requestedRoleChangeSchema> = {
  ...caseExample,
  ...{ kind: 'role_change', request, effectiveAt, dueAt: effectiveAt },
  plan: { version: 1, procedure: 'role-change@1', timeZone: 'Europe/Zurich' },
  warnings: [],
};

/** Two of its steps. */
export const roleChangeSimulationExample: z.output<typeof roleChangeSimulationSchema> = {
  ...{ personId: EXAMPLE.lea, procedure: 'role-change@1', timeZone: 'Europe/Zurich', effectiveAt, request },
  oldRightsEndAt: { utc: '2027-02-15T07:00:00.000Z', local: '2027-02-15T08:00+01:00' },
  steps: [
    {
      ...{ key: 'add-rights', kind: 'addRights', at: effectiveAt },
      calls: [{ target: 'directory', operation: 'setMemberships' }],
    },
    {
      ...{ key: 'remove-old-rights', kind: 'removeOldRights' },
      at: { utc: '2027-02-15T07:00:00.000Z', local: '2027-02-15T08:00+01:00' },
      calls: [{ target: 'directory', operation: 'setMemberships' }],
    },
  ],
  warnings: [],
};
