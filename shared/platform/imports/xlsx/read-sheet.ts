import { IMPORT_LIMITS } from '../../../domain/imports/import-limits.ts';
import type { ImportRecord } from '../../../domain/imports/import-record.ts';
import { ImportFileError } from '../import-file-error.ts';
import { cellValue, type CellContext, type RawCell } from './cell-value.ts';
import { appended, createXmlReader, type XmlHandlers } from './xml-reader.ts';

type Attributes = Readonly<Record<string, string>>;

/** The rows of a sheet that have something in them, each with its number. */
export async function* readSheet(
  text: AsyncIterable<string>,
  context: CellContext,
): AsyncGenerator<ImportRecord> {
  const rows: ImportRecord[] = [];
  const reader = createXmlReader(sheetHandlers(context, (row) => rows.push(row)));
  for await (const piece of text) {
    reader.write(piece);
    yield* rows.splice(0);
  }
  reader.end();
}

function sheetHandlers(context: CellContext, emit: (row: ImportRecord) => void): XmlHandlers {
  let row = startedRow(0);
  let cell: Omit<RawCell, 'content'> = { type: 'n', style: 0 };
  let content = '';
  let column = -1;
  let withinContent = false;
  let withinReading = false;

  return {
    opened(name, attributes) {
      if (name === 'row') {
        row = startedRow(positionOf(attributes) ?? row.line + 1);
        column = -1;
      } else if (name === 'c') {
        column = columnOf(attributes) ?? column + 1;
        cell = { type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0) };
        content = '';
      } else if (name === 'v' || name === 't') withinContent = true;
      else if (name === 'rPh') withinReading = true;
    },
    text(piece) {
      if (withinContent && !withinReading) content = appended(content, piece);
    },
    closed(name) {
      if (name === 'v' || name === 't') withinContent = false;
      else if (name === 'rPh') withinReading = false;
      else if (name === 'c') row.put(column, cellValue({ ...cell, content }, context));
      else if (name === 'row' && row.values.length > 0) emit({ line: row.line, values: row.values });
    },
  };
}

function startedRow(line: number) {
  const values: string[] = [];
  let bytes = 0;
  return {
    line,
    values,
    put(column: number, value: string): void {
      if (value === '') return;
      if (column >= IMPORT_LIMITS.columns) throw new ImportFileError('IMPORT_TOO_MANY_COLUMNS', line);
      if (value.includes('\0')) throw new ImportFileError('IMPORT_NUL_BYTE', line);
      bytes += Buffer.byteLength(value);
      if (bytes > IMPORT_LIMITS.recordBytes) throw new ImportFileError('IMPORT_RECORD_TOO_LARGE', line);
      while (values.length < column) values.push('');
      values[column] = value;
    },
  };
}

function positionOf({ r }: Attributes): number | undefined {
  return r !== undefined && /^[1-9]\d{0,6}$/u.test(r) ? Number(r) : undefined;
}

/** 0 for `A7`, 26 for `AA7`. */
function columnOf({ r }: Attributes): number | undefined {
  const letters = r === undefined ? undefined : /^([A-Z]{1,3})[1-9]\d*$/u.exec(r)?.[1];
  if (letters === undefined) return undefined;
  return Buffer.from(letters).reduce((number, letter) => number * 26 + letter - 64, 0) - 1;
}
