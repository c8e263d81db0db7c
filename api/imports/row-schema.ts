import { z } from 'zod';
import { IMPORT_FIELDS } from '../../shared/domain/imports/import-fields.ts';
import { ROW_FAULTS } from '../../shared/errors/row-faults.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { SHOWN_ROW_STATUSES } from './import-fields.ts';

const OWN_CODES = Object.entries(ROW_FAULTS)
  .map(([code, sentence]) => `- \`${code}\`: ${sentence}`)
  .join('\n');

const fault = z
  .strictObject({
    code: z.string().describe(`One of a problem, or one of these.\n\n${OWN_CODES}`),
    sentence: z.string(),
    field: z.enum(IMPORT_FIELDS).optional(),
    detail: z.string().optional().describe('What exactly is wrong this time.'),
  })
  .meta({ id: 'ImportRowFault', description: 'What is wrong with a row.' });

export const rowSchema = z
  .strictObject({
    row: z.int().describe('From 1, without header and blank ones.'),
    line: z.int().describe('Where it begins in the file.'),
    rowId: z.string().describe('What an error file calls it (`import_row`).'),
    status: z
      .enum(SHOWN_ROW_STATUSES)
      .describe(
        'In a dry run: what it would come to. `waiting`: it has not been its turn, and where the import was stopped it will not be.',
      ),
    address: z.string().optional(),
    personId: z.string().optional(),
    caseId: z.string().optional().describe('Of a departure.'),
    error: fault.optional().describe('Why it failed.'),
    warnings: z.array(fault),
  })
  .meta({ id: 'ImportRow', description: 'What became of a row.' });

export const rowExample: z.output<typeof rowSchema> = {
  ...{ row: 1, line: 2, rowId: `${EXAMPLE.import}.1`, status: 'created' },
  ...{ address: 'lea.leaver@example.com', personId: EXAMPLE.lea },
  warnings: [{ code: 'POSSIBLE_DUPLICATE', sentence: ROW_FAULTS.POSSIBLE_DUPLICATE }],
};
export const failedRowExample: z.output<typeof rowSchema> = {
  ...{ row: 2, line: 3, rowId: `${EXAMPLE.import}.2`, status: 'failed' },
  error: { code: 'ADDRESS_TWICE', sentence: ROW_FAULTS.ADDRESS_TWICE, field: 'address' },
  warnings: [],
};
