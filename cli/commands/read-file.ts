import { mapColumns, type MappingFault } from '../../shared/domain/imports/map-columns.ts';
import { IMPORT_MAPPING_FAULTS } from '../../shared/errors/import-file-faults.ts';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { formatTable } from '../../shared/platform/format-table.ts';
import { ImportFileError } from '../../shared/platform/imports/import-file-error.ts';
import {
  openImportFile,
  type FileShape,
  type ImportFile,
} from '../../shared/platform/imports/open-import-file.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure, misused } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { createProgress } from '../output/progress.ts';

/** Shows how a file of people would be understood: its letters, its columns, and whether every row can be read. Sends nothing. */
export async function readFile(context: CommandContext, path: string): Promise<ExitCode> {
  const progress = createProgress(context.terminal);
  try {
    progress.show('Reading');
    const file = await openImportFile(path);
    const rows = await countRows(context, file);
    progress.end();
    const { shape, headers } = file;
    const mapping = mapColumns(headers);
    const faults = mapping.kind === 'faulty' ? mapping.faults : [];
    const columns = headers.map((header, at) => ({ header, field: mapping.fields[at] ?? null }));
    context.show(
      { file: path, shape, rows, columns, faults },
      [
        `${path}: ${shapeText(shape)}, ${String(rows)} rows.`,
        formatTable([
          ['COLUMN', 'IS READ AS'],
          ...columns.map(({ header, field }) => [header, field ?? '(left alone)']),
        ]),
        ...faults.map(faultText),
      ].join('\n'),
    );
    return faults.length === 0 ? EXIT.fine : EXIT.failed;
  } catch (error) {
    throw failureOf(error, path);
  } finally {
    progress.end();
  }
}

/** Every row is read: a fault may stand in the last one. */
async function countRows({ terminal }: CommandContext, file: ImportFile): Promise<number> {
  let rows = 0;
  const reading = file.rows();
  while ((await reading.next()).done !== true) {
    rows += 1;
    terminal.signal.throwIfAborted();
  }
  return rows;
}

function shapeText(shape: FileShape): string {
  if (shape.kind === 'xlsx') return `an Excel workbook, its sheet "${shape.sheetName}"`;
  const { encoding, encodingBy, delimiter } = shape;
  const guessed = encodingBy === 'guess' ? ' (a guess)' : '';
  return `text in ${encoding}${guessed}, separated by ${DELIMITER_WORDS[delimiter]}`;
}

const DELIMITER_WORDS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const;

function faultText({ code, headers = [], field }: MappingFault): string {
  const about = [...headers, ...(field === undefined ? [] : [field])].join(', ');
  return `${about}: ${IMPORT_MAPPING_FAULTS[code]} (${code})`;
}

function failureOf(error: unknown, path: string): unknown {
  if (error instanceof ImportFileError) {
    const { code, message, line } = error;
    return new CommandFailure(code, message, EXIT.failed, line === undefined ? {} : { line });
  }
  const code = errorCode(error);
  return code === undefined
    ? error
    : misused('FILE_UNREADABLE', `The file ${path} cannot be read (${code}).`);
}
