import { z } from 'zod';
import { IMPORT_FIELDS } from '../../shared/domain/imports/import-fields.ts';
import { IMPORT_LIMITS } from '../../shared/domain/imports/import-limits.ts';
import { ROW_STATUSES } from '../../shared/domain/imports/import-row.ts';
import { IMPORT_STATES, USUAL_IMPORT_SETTINGS } from '../../shared/domain/imports/people-import.ts';
import { ENCODINGS, type Delimiter } from '../../shared/platform/imports/text/encodings.ts';
import { flagField, severalOf, shortText } from '../http/fields.ts';
import { pageFields } from '../http/pages.ts';

/** Words in place of the signs, which do not stand well in an address. */
export const DELIMITER_SIGNS = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  bar: '|',
} as const satisfies Readonly<Record<string, Delimiter>>;
export const DELIMITER_WORDS = [
  'comma',
  'semicolon',
  'tab',
  'bar',
] as const satisfies readonly (keyof typeof DELIMITER_SIGNS)[];

const onTaken = z
  .enum(['next', 'refuse'])
  .describe('What becomes of a made address that somebody has: the next one of the rules, or the row fails.');
const mostInvalidPercent = z
  .number()
  .int()
  .min(0)
  .max(100)
  .describe('With a larger share of rows that fail, the import stops.');

/** Query of the upload. */
export const uploadQuery = z.strictObject({
  name: shortText.optional().describe('What the file is called; absent: as the form says.'),
  delimiter: z.enum(DELIMITER_WORDS).optional().describe('Absent: it is found out.'),
  encoding: z
    .enum(ENCODINGS)
    .optional()
    .describe('Absent: as `charset` of the type says, else it is found out.'),
  onTaken: onTaken.default(USUAL_IMPORT_SETTINGS.onTaken),
  mostInvalidPercent: z.coerce
    .number<string>()
    .pipe(mostInvalidPercent)
    .default(USUAL_IMPORT_SETTINGS.mostInvalidPercent),
  welcomeMail: flagField
    .default('false')
    .describe('Whoever gets no password and can be reached elsewhere is sent a mail with a setup link.'),
});
export type UploadQuery = z.output<typeof uploadQuery>;

/** Query of the list. */
export const importsQuery = z.strictObject({ ...pageFields, state: z.enum(IMPORT_STATES).optional() });

const LONGEST_HEADER = 1_000;

/** Body of `PATCH /v1/imports/{id}/mapping`. */
export const mappingFields = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        header: z.string().max(LONGEST_HEADER),
        field: z.enum(IMPORT_FIELDS).nullable().describe('`null`: the column is left alone.'),
      }),
    )
    .max(IMPORT_LIMITS.columns)
    .describe('Those that are guessed wrongly. What is not named is guessed.'),
});

const MOST_HOURS = 31 * 24;
export const rateFields = z
  .strictObject({
    rows: z.int().min(1).max(IMPORT_LIMITS.rows),
    perHours: z.int().min(1).max(MOST_HOURS),
  })
  .describe('At most so many rows in any so many hours.');

/** Body of `PATCH /v1/imports/{id}`. What is not named stays as it is. */
export const settingsFields = z.strictObject({
  onTaken: onTaken.optional(),
  mostInvalidPercent: mostInvalidPercent.optional(),
  welcomeMail: z.boolean().optional(),
  rate: rateFields.nullable().optional().describe('`null`: as fast as it goes.'),
});
export type SettingsFields = z.output<typeof settingsFields>;

export const SHOWN_ROW_STATUSES = [...ROW_STATUSES, 'waiting'] as const;

const mode = z
  .enum(['dry_run', 'run'])
  .optional()
  .describe('Absent: of the run, where there is one, else of the dry run.');
/** Query of the error file. */
export const modeQuery = z.strictObject({ mode });
/** Query of the rows. */
export const rowsQuery = z.strictObject({
  ...pageFields,
  status: severalOf(SHOWN_ROW_STATUSES).optional().describe('One or several, with commas.'),
  warned: flagField.optional().describe('Only those with a warning, or only those without.'),
  mode,
});
