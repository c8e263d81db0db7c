import {
  inForceFields,
  inForceQuery,
  newProcedureFields,
  procedureQuery,
  proceduresQuery,
} from '../procedures/procedure-fields.ts';
import {
  changesExample,
  madeProcedureSchema,
  procedureExample,
  procedureInForceSchema,
  procedureSchema,
  procedureSummarySchema,
  triedProcedureSchema,
} from '../procedures/procedure-schema.ts';
import {
  leaveTemplateExample,
  onboardingTemplateExample,
  roleChangeTemplateExample,
  templateExample,
} from '../procedures/template-examples.ts';
import { pageSchema } from '../http/pages.ts';
import { idempotencyKey } from '../openapi/headers.ts';
import { gives, operations, takes } from '../openapi/operation.ts';
import { PROCEDURE_FAULTS, type ProcedureFaultCode } from '../../shared/errors/procedure-faults.ts';

const FAULTS = Object.keys(PROCEDURE_FAULTS) as readonly ProcedureFaultCode[];
const { template: _template, ...summaryExample } = procedureExample;

const shown = {
  query: procedureQuery,
  answers: {
    200: {
      description: 'The version, as data, as Markdown, or as a page to print.',
      headers: ['Vary'],
      content: [
        { type: 'application/json', schema: procedureSchema, example: procedureExample },
        { type: 'text/markdown' },
        { type: 'text/html' },
      ],
    },
  },
  problems: ['PROCEDURE_NOT_FOUND'],
} as const;

export const procedureOperations = operations('Procedures', {
  listProcedures: {
    ...{ method: 'get', path: '/v1/procedures', scope: 'departures:read' },
    summary: 'List the versions of the procedure of one kind of case, newest first',
    query: proceduresQuery,
    answers: {
      200: gives('One page.', pageSchema(procedureSummarySchema), { items: [summaryExample] }, 'Link'),
    },
    problems: [],
  },
  makeProcedure: {
    ...{ method: 'post', path: '/v1/procedures', scope: 'organisation:write' },
    summary: 'Make a version of your own',
    description:
      'It is in force for nobody until it is put in force. With `dryRun` it is checked, its difference is shown, and nothing is made. A version whose plan would break a promise is refused with what is wrong.',
    headers: [{ ...idempotencyKey, required: false }],
    body: takes(newProcedureFields, {
      'Archive earlier': {
        basedOn: 'departure@2',
        template: templateExample,
        reason: 'The archive is needed earlier.',
      },
      'Make accounts earlier': {
        basedOn: 'onboarding@1',
        template: onboardingTemplateExample,
        reason: 'Devices are set up before.',
      },
      'A longer overlap': {
        basedOn: 'role-change@1',
        template: roleChangeTemplateExample,
        reason: 'Work is handed over for three weeks.',
      },
      'Leaves from six on': {
        basedOn: 'leave@1',
        template: leaveTemplateExample,
        reason: 'Shifts begin at six.',
      },
    }),
    answers: {
      200: gives('What it would change.', triedProcedureSchema, {
        ...{ dryRun: true, name: 'departure@2.1', template: templateExample, difference: changesExample },
      }),
      201: gives(
        'The version was made.',
        madeProcedureSchema,
        { ...procedureExample, difference: changesExample },
        'Location',
      ),
    },
    problems: ['PROCEDURE_UNKNOWN', 'PROCEDURE_OUTDATED', ...FAULTS],
  },
  getProcedureInForce: {
    ...{ method: 'get', path: '/v1/procedures/in-force', scope: 'departures:read' },
    summary: 'Read the version that new cases of a kind are planned by',
    ...shown,
    query: inForceQuery,
  },
  putProcedureInForce: {
    ...{ method: 'put', path: '/v1/procedures/in-force', scope: 'organisation:write' },
    summary: 'Plan new cases by another version',
    description:
      'Of the kind that the version is of. Open cases keep theirs. `insteadOf`: the version you believe to be in force.',
    body: takes(inForceFields, {
      'Your own': { name: 'departure@2.1', insteadOf: 'departure@2', reason: 'Decided by HR.' },
    }),
    answers: {
      200: gives('The version in force.', procedureInForceSchema, {
        ...{ ...procedureExample, inForce: true, difference: changesExample },
      }),
    },
    problems: ['PROCEDURE_UNKNOWN', 'PROCEDURE_IN_FORCE_CHANGED', 'CONCURRENT_CHANGE', ...FAULTS],
  },
  getProcedure: {
    ...{ method: 'get', path: '/v1/procedures/:name', scope: 'departures:read' },
    summary: 'Read one version, as data or as a written document',
    params: { name: { description: 'The name of a version.', example: 'departure@2' } },
    ...shown,
  },
});
