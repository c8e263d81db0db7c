import { CsvError, parse, type Parser } from 'csv-parse';
import { unescapeFormula } from '../../../domain/imports/formula-escape.ts';
import { IMPORT_LIMITS } from '../../../domain/imports/import-limits.ts';
import type { ImportRecord } from '../../../domain/imports/import-record.ts';
import { ImportFileError } from '../import-file-error.ts';
import { decodeText } from './decode-text.ts';
import type { Delimiter, FoundEncoding } from './encodings.ts';
import { createLineCounter, type LineCounter } from './line-counter.ts';
import { whyNoEnd } from './why-no-end.ts';

/** How a text is to be read. */
export interface TextShape {
  readonly encoding: FoundEncoding;
  readonly delimiter: Delimiter;
}

/**
 * The records of a text (RFC 4180, with any of the delimiters and line breaks), each with the line it begins on. The parser is
 * fed by hand, so that it never holds more than a record and a chunk, whatever the file is.
 */
export async function* readTextRecords(path: string, shape: TextShape): AsyncGenerator<ImportRecord> {
  const lines = createLineCounter();
  /** Behind the line break of each record that was parsed and not taken yet, in bytes of the decoded text. */
  const ends: number[] = [];
  let parsedTo = 0;
  const parser = createParser(shape.delimiter, (endsAt) => {
    parsedTo = endsAt;
    ends.push(endsAt);
  });
  const take = createTaker(parser, ends, lines);
  const unfinished = () => {
    const beginsAt = lines.skipBreaks(parsedTo);
    return { beginsAt, line: lines.lineAt(beginsAt) };
  };
  const refuseQuotes = (): void => {
    const { errored } = parser;
    if (errored === null) return;
    // With these options the parser finds fault with quotes alone.
    throw errored instanceof CsvError
      ? new ImportFileError('IMPORT_QUOTE_UNBALANCED', unfinished().line)
      : errored;
  };

  let fedTo = 0;
  for await (const chunk of decodeText(path, shape.encoding)) {
    lines.feed(chunk);
    fedTo += chunk.length;
    parser.write(chunk);
    yield* take();
    refuseQuotes();
    if (fedTo - parsedTo <= IMPORT_LIMITS.recordBytes) continue;
    const { beginsAt, line } = unfinished();
    throw new ImportFileError(await whyNoEnd(textFrom(path, shape, beginsAt), shape.delimiter), line);
  }
  await ended(parser);
  yield* take();
  refuseQuotes();
}

function createParser(delimiter: Delimiter, onRecord: (endsAt: number) => void): Parser {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (values, { bytes }) => {
      onRecord(bytes);
      return values;
    },
  });
  // Its failure is looked for after every chunk.
  parser.on('error', () => undefined);
  return parser;
}

/** What was parsed since it was asked last: all that was written, as the parser does its work within `write`. */
function createTaker(parser: Parser, ends: number[], lines: LineCounter): () => Generator<ImportRecord> {
  let previousEnd = 0;
  return function* take() {
    const parsed = ends.splice(0).map((endsAt) => ({ endsAt, values: parser.read() as readonly string[] }));
    for (const { endsAt, values } of parsed) {
      const beginsAt = lines.skipBreaks(previousEnd);
      previousEnd = endsAt;
      const line = lines.lineAt(beginsAt);
      if (endsAt - beginsAt > IMPORT_LIMITS.recordBytes)
        throw new ImportFileError('IMPORT_RECORD_TOO_LARGE', line);
      yield { line, values: values.map(unescapeFormula) };
    }
  };
}

function ended(parser: Parser): Promise<void> {
  return new Promise((resolve) => {
    parser.once('error', () => resolve());
    parser.end(() => resolve());
  });
}

async function* textFrom(path: string, shape: TextShape, offset: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of decodeText(path, shape.encoding)) {
    if (at + chunk.length > offset) yield chunk.subarray(Math.max(offset - at, 0));
    at += chunk.length;
  }
}
