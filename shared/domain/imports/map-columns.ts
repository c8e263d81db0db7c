import type { ImportMappingFaultCode } from '../../errors/import-file-faults.ts';
import { guessColumns, type ColumnFields } from './guess-columns.ts';
import { IMPORT_FIELDS, REQUIRED_FIELDS, type ImportField } from './import-fields.ts';

/** What somebody says of one column: `null` leaves it alone. */
export interface ColumnCorrection {
  readonly header: string;
  readonly field: ImportField | null;
}

/** Why a file cannot be mapped so: with the headers, or the fields, that it is about. */
export interface MappingFault {
  readonly code: ImportMappingFaultCode;
  readonly headers?: readonly string[];
  readonly field?: ImportField;
}

export type ColumnMapping =
  | { readonly kind: 'mapped'; readonly fields: ColumnFields }
  /** With what was made of the headers all the same, so that it can be corrected further. */
  | { readonly kind: 'faulty'; readonly fields: ColumnFields; readonly faults: readonly MappingFault[] };

/** The guess, with the corrections on it. A column that was only guessed gives way to one that somebody named for its field. */
export function mapColumns(
  headers: readonly string[],
  corrections: readonly ColumnCorrection[] = [],
): ColumnMapping {
  const fields = corrected(headers, corrections);
  const faults = [
    ...headersTwice(headers),
    ...headersTwice(corrections.map(({ header }) => header)),
    ...unknownColumns(headers, corrections),
    ...fieldsTwice(corrections),
    ...columnsMissing(fields),
  ];
  return faults.length === 0 ? { kind: 'mapped', fields } : { kind: 'faulty', fields, faults };
}

/** What a row says of each field. Nothing at all is said by an empty value. */
export function pickFields(
  fields: ColumnFields,
  values: readonly string[],
): Readonly<Partial<Record<ImportField, string>>> {
  return Object.fromEntries(
    fields.flatMap((field, column) => {
      const value = values[column]?.trim() ?? '';
      return field === null || value === '' ? [] : [[field, field === 'password' ? values[column] : value]];
    }),
  );
}

/** Values beyond the last header: a delimiter too many, and whatever follows it stands in the wrong column. */
export function hasSurplus(headers: readonly string[], values: readonly string[]): boolean {
  return values.slice(headers.length).some((value) => value.trim() !== '');
}

function corrected(headers: readonly string[], corrections: readonly ColumnCorrection[]): ColumnFields {
  const wanted = new Map(corrections.map(({ header, field }) => [headerKey(header), field]));
  const named = new Set(corrections.map(({ field }) => field));
  return guessColumns(headers).map((guess, column) => {
    const correction = wanted.get(headerKey(headers[column] ?? ''));
    if (correction !== undefined) return correction;
    return named.has(guess) ? null : guess;
  });
}

/** Two columns without a header are what a spreadsheet leaves behind: neither is read. */
function headersTwice(headers: readonly string[]): readonly MappingFault[] {
  const keys = headers.map(headerKey);
  return headers
    .filter((_, column) => keys[column] !== '' && keys.indexOf(keys[column] ?? '') < column)
    .map((header) => ({ code: 'IMPORT_HEADER_TWICE', headers: [header] }));
}

function unknownColumns(headers: readonly string[], corrections: readonly ColumnCorrection[]) {
  const known = new Set(headers.map(headerKey));
  return corrections
    .filter(({ header }) => headerKey(header) === '' || !known.has(headerKey(header)))
    .map(({ header }): MappingFault => ({ code: 'IMPORT_COLUMN_UNKNOWN', headers: [header] }));
}

function fieldsTwice(corrections: readonly ColumnCorrection[]): readonly MappingFault[] {
  return IMPORT_FIELDS.flatMap((field) => {
    const headers = corrections
      .filter((correction) => correction.field === field)
      .map(({ header }) => header);
    return headers.length < 2 ? [] : [{ code: 'IMPORT_FIELD_TWICE', field, headers }];
  });
}

function columnsMissing(fields: ColumnFields): readonly MappingFault[] {
  return REQUIRED_FIELDS.filter((field) => !fields.includes(field)).map((field) => ({
    code: 'IMPORT_COLUMN_MISSING',
    field,
  }));
}

/** Headers are the same where nobody would see a difference. */
function headerKey(header: string): string {
  return header.normalize('NFKC').trim().toLowerCase();
}
