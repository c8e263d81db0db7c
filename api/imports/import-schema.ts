import { z } from 'zod';
import { IMPORT_ACTIONS } from '../../shared/domain/imports/import-actions.ts';
import { IMPORT_FIELDS } from '../../shared/domain/imports/import-fields.ts';
import { IMPORT_STATES, IMPORT_STOPS, NO_ROWS } from '../../shared/domain/imports/people-import.ts';
import { IMPORT_MAPPING_FAULTS } from '../../shared/errors/import-file-faults.ts';
import { ENCODINGS } from '../../shared/platform/imports/text/encodings.ts';
import { instant, sha256 } from '../http/answer-fields.ts';
import { MAPPING_FAULT_CODES } from '../http/import-problems.ts';
import { EXAMPLE } from '../openapi/example-ids.ts';
import { DELIMITER_WORDS, rateFields } from './import-fields.ts';

const counts = z
  .strictObject({
    created: z.int(),
    updated: z.int(),
    unchanged: z.int().describe('The person is there already, as the row wants it.'),
    departures: z.int(),
    failed: z.int(),
    warned: z.int().describe('Rows with a warning, whatever became of them.'),
  })
  .meta({ id: 'ImportCounts', description: 'How many rows ended how.' });

const pass = z
  .strictObject({
    startedAt: instant,
    endedAt: instant.optional(),
    rows: z.int().describe('Those that have a result.'),
    counts,
  })
  .meta({ id: 'ImportPass', description: 'One going through all rows.' });

const file = z.strictObject({
  name: z.string().optional(),
  sha256,
  sizeBytes: z.int(),
  rows: z.int().describe('Without header and blank ones.'),
  kind: z.enum(['text', 'xlsx']),
  encoding: z.enum(ENCODINGS).optional().describe('Of a text.'),
  encodingBy: z
    .enum(['mark', 'content', 'guess', 'told'])
    .optional()
    .describe('How it is known. A `guess` can be wrong: look at names with accents.'),
  delimiter: z.enum(DELIMITER_WORDS).optional(),
  sheetName: z.string().optional().describe('Of a workbook.'),
});

const field = z.enum(IMPORT_FIELDS);

export const importSchema = z
  .strictObject({
    id: z.string(),
    state: z
      .enum(IMPORT_STATES)
      .describe('`uploaded`: the columns are not understood yet. `ready`: the dry run is over.'),
    requestedBy: z.string(),
    createdAt: instant,
    sameFileAs: z
      .string()
      .optional()
      .describe('The import that brought this very file first. Whoever was made by it is not made again.'),
    file,
    columns: z.array(z.strictObject({ header: z.string(), field: field.nullable() })),
    mappingFaults: z
      .array(
        z.strictObject({
          code: z.enum(MAPPING_FAULT_CODES),
          sentence: z.string(),
          headers: z.array(z.string()).optional(),
          field: field.optional(),
        }),
      )
      .describe('Why there is no dry run yet.'),
    settings: z.strictObject({
      onTaken: z.enum(['next', 'refuse']),
      welcomeMail: z.boolean(),
      mostInvalidPercent: z.int(),
    }),
    rate: rateFields.optional(),
    dryRun: pass.optional().describe('The last one, unless something was changed of what it showed.'),
    run: pass.optional(),
    progress: z
      .strictObject({
        rows: z.int(),
        ofRows: z.int(),
        rowsPerMinute: z.number().optional(),
        secondsLeft: z.int().optional().describe('With what a rate or a quota holds back.'),
      })
      .optional(),
    paused: z.strictObject({ by: z.string(), at: instant }).optional(),
    waiting: z
      .strictObject({ until: instant, for: z.enum(['rate', 'quota']), target: z.string().optional() })
      .optional()
      .describe('It goes on by itself then; not shown while it is paused.'),
    trouble: z
      .strictObject({ code: z.string(), at: instant })
      .optional()
      .describe('Why the last try to go on failed; it is tried again.'),
    stopped: z
      .strictObject({
        kind: z.enum(Object.keys(IMPORT_STOPS) as (keyof typeof IMPORT_STOPS)[]),
        sentence: z.string(),
        at: instant,
        code: z.string().optional(),
        because: z.string().optional().describe('The sentence of the code.'),
        line: z.int().optional(),
        by: z.string().optional(),
      })
      .optional(),
    rowsUntil: instant
      .optional()
      .describe('Once it is over, what became of its rows can be seen until then.'),
    can: z.array(z.enum(IMPORT_ACTIONS)).describe('What can be done with it now.'),
    links: z.strictObject({
      ...{ self: z.string(), events: z.string() },
      ...{ rows: z.string().optional(), errors: z.string().optional() },
      ...{ mapping: z.string().optional(), 'dry-run': z.string().optional(), launch: z.string().optional() },
      ...{ pause: z.string().optional(), resume: z.string().optional(), abort: z.string().optional() },
      'setup-links': z.string().optional(),
    }),
  })
  .meta({ id: 'Import', description: 'A file of people on its way through.' });

const self = `/v1/imports/${EXAMPLE.import}`;

export const importExample: z.output<typeof importSchema> = {
  id: EXAMPLE.import,
  state: 'mapped',
  requestedBy: EXAMPLE.owner,
  createdAt: '2026-11-02T08:15:00.000Z',
  file: {
    ...{ name: 'people.csv', sizeBytes: 20_480, rows: 412, kind: 'text' },
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    ...{ encoding: 'utf-8', encodingBy: 'content', delimiter: 'semicolon' },
  },
  columns: [
    { header: 'Vorname', field: 'firstName' },
    { header: 'Nachname', field: 'lastName' },
    { header: 'Bemerkung', field: null },
  ],
  mappingFaults: [],
  settings: { onTaken: 'next', welcomeMail: false, mostInvalidPercent: 20 },
  can: ['mapping', 'settings', 'rate', 'dry-run', 'abort'],
  links: {
    ...{ self, events: `${self}/events`, mapping: `${self}/mapping` },
    ...{ 'dry-run': `${self}/dry-run`, abort: `${self}/abort` },
  },
};

export const uncorrectedExample: z.output<typeof importSchema> = {
  ...importExample,
  state: 'uploaded',
  columns: [
    { header: 'Vorname', field: 'firstName' },
    { header: 'Kolonne 2', field: null },
  ],
  mappingFaults: [
    {
      code: 'IMPORT_COLUMN_MISSING',
      sentence: IMPORT_MAPPING_FAULTS.IMPORT_COLUMN_MISSING,
      field: 'lastName',
    },
  ],
  can: ['mapping', 'settings', 'rate', 'abort'],
  links: { self, events: `${self}/events`, mapping: `${self}/mapping`, abort: `${self}/abort` },
};

const dryRun = {
  startedAt: '2026-11-02T08:16:00.000Z',
  endedAt: '2026-11-02T08:16:20.000Z',
  rows: 412,
  counts: { ...NO_ROWS, created: 398, failed: 14, warned: 3 },
};

export const runningExample: z.output<typeof importSchema> = {
  ...importExample,
  state: 'running',
  rate: { rows: 50, perHours: 24 },
  dryRun,
  run: { startedAt: '2026-11-02T08:20:00.000Z', rows: 100, counts: { ...NO_ROWS, created: 97, failed: 3 } },
  progress: { rows: 100, ofRows: 412, rowsPerMinute: 310.5, secondsLeft: 583_200 },
  waiting: { until: '2026-11-04T08:20:00.000Z', for: 'rate' },
  can: ['rate', 'pause', 'abort', 'setup-links'],
  links: {
    ...{ self, events: `${self}/events`, rows: `${self}/rows`, errors: `${self}/errors` },
    ...{ pause: `${self}/pause`, abort: `${self}/abort`, 'setup-links': `${self}/setup-links` },
  },
};
