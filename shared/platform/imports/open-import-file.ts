import { open, stat } from 'node:fs/promises';
import { IMPORT_LIMITS } from '../../domain/imports/import-limits.ts';
import type { ImportRecord } from '../../domain/imports/import-record.ts';
import { fileKind } from './file-kind.ts';
import { ImportFileError } from './import-file-error.ts';
import { withinLimits } from './record-gate.ts';
import { decodeText } from './text/decode-text.ts';
import type { Delimiter, Encoding, FoundEncoding } from './text/encodings.ts';
import { findDelimiter } from './text/find-delimiter.ts';
import { readTextRecords } from './text/read-text-records.ts';
import { surveyText } from './text/survey-text.ts';
import { readWorkbookRecords, sheetNameOf } from './xlsx/read-workbook-records.ts';

/** What somebody says of a text file. Whatever is not said is found out. */
export interface ToldShape {
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
}

export type FileShape =
  | {
      readonly kind: 'text';
      readonly encoding: Encoding;
      /** A guess is shown to whoever sent the file: it can be wrong. */
      readonly encodingBy: FoundEncoding['by'];
      readonly delimiter: Delimiter;
    }
  | { readonly kind: 'xlsx'; readonly sheetName: string };

/** A file of people that can be read, as far as its header and its first row tell. */
export interface ImportFile {
  readonly shape: FileShape;
  readonly headers: readonly string[];
  /**
   * The rows in their order, without the header and without blank ones; from the beginning at every call. Rejects with an
   * `ImportFileError` at the first fault: whoever stores rows while reading throws them away then.
   */
  rows(): AsyncGenerator<ImportRecord>;
}

/** Finds out what a file is and reads its header. Rejects with an `ImportFileError` where it cannot be taken. */
export async function openImportFile(path: string, told: ToldShape = {}): Promise<ImportFile> {
  const { size } = await stat(path);
  if (size === 0) throw new ImportFileError('IMPORT_EMPTY');
  if (size > IMPORT_LIMITS.fileBytes) throw new ImportFileError('IMPORT_TOO_LARGE');
  const start = await startOf(path);
  const { shape, records } =
    fileKind(start) === 'xlsx' ? await workbook(path) : await text(path, start, told);
  const read = (): AsyncGenerator<ImportRecord> => withinLimits(records());
  const headers = await headersOf(read());
  return { shape, headers, rows: () => withoutHeader(read()) };
}

interface Readable {
  readonly shape: FileShape;
  readonly records: () => AsyncGenerator<ImportRecord>;
}

async function workbook(path: string): Promise<Readable> {
  const sheetName = await sheetNameOf(path);
  return { shape: { kind: 'xlsx', sheetName }, records: () => readWorkbookRecords(path) };
}

async function text(path: string, start: Buffer, told: ToldShape): Promise<Readable> {
  const encoding = await surveyText(path, start, told.encoding);
  const delimiter = told.delimiter ?? findDelimiter(await firstText(path, encoding));
  return {
    shape: { kind: 'text', encoding: encoding.encoding, encodingBy: encoding.by, delimiter },
    records: () => readTextRecords(path, { encoding, delimiter }),
  };
}

async function headersOf(records: AsyncGenerator<ImportRecord>): Promise<readonly string[]> {
  const header = await records.next();
  const first = await records.next();
  await records.return(undefined);
  if (header.done === true) throw new ImportFileError('IMPORT_EMPTY');
  if (first.done === true) throw new ImportFileError('IMPORT_HEADER_ONLY');
  return header.value.values.map((value) => value.trim());
}

async function* withoutHeader(records: AsyncGenerator<ImportRecord>): AsyncGenerator<ImportRecord> {
  await records.next();
  yield* records;
}

const START_BYTES = 8 * 1024;

async function startOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Enough for the header and some records, unless they are at the limits. */
async function firstText(path: string, encoding: FoundEncoding): Promise<string> {
  for await (const chunk of decodeText(path, encoding)) return chunk.toString();
  return '';
}
