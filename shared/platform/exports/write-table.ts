import { Readable } from 'node:stream';
import type { Delimiter } from '../imports/text/encodings.ts';
import type { ExportTable } from './export-cell.ts';
import { writeCsv } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Of a CSV file. */
export const DELIMITERS = ['comma', 'semicolon', 'tab'] as const;
type DelimiterName = (typeof DELIMITERS)[number];
const SIGNS: Readonly<Record<DelimiterName, Delimiter>> = { comma: ',', semicolon: ';', tab: '\t' };

export interface TableOptions {
  /** What the sheet of a workbook is called. */
  readonly name: string;
  readonly delimiter?: DelimiterName;
  /** A byte order mark in front of a CSV file, without which Excel takes it for one of its own code page. */
  readonly withMark?: boolean;
}

/** A table as a file, written while it is read. */
export function writeTable(
  format: ExportFormat,
  table: ExportTable,
  { name, delimiter = 'comma', withMark = false }: TableOptions,
): Readable {
  const pieces =
    format === 'csv' ? writeCsv(table, { delimiter: SIGNS[delimiter], withMark }) : writeXlsx(table, name);
  return Readable.from(pieces, { objectMode: false });
}
