import { escapeFormula } from '../../domain/imports/formula-escape.ts';
import type { Delimiter } from '../imports/text/encodings.ts';
import type { ExportCell, ExportTable } from './export-cell.ts';

export interface CsvOptions {
  readonly delimiter?: Delimiter;
  /** Excel takes a file without a byte order mark for one of its own code page. */
  readonly withMark?: boolean;
}

const MARK = '\ufeff';
const LINE_BREAK = '\r\n';
/** Written at once: a row alone is little. */
const PIECE_LENGTH = 32 * 1024;

/**
 * Comma-separated values (RFC 4180) in UTF-8, piece by piece. No text is taken for a formula by a spreadsheet; importing strips
 * what that needs.
 */
export async function* writeCsv(table: ExportTable, options: CsvOptions = {}): AsyncGenerator<string> {
  const { delimiter = ',', withMark = false } = options;
  const lineOf = (cells: readonly ExportCell[]): string =>
    `${cells.map((cell) => quoted(cellText(cell))).join(delimiter)}${LINE_BREAK}`;
  let piece = `${withMark ? MARK : ''}${lineOf(table.headers)}`;
  for await (const cells of table.rows) {
    piece += lineOf(cells);
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function cellText(cell: ExportCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return escapeFormula(cell);
  if (typeof cell !== 'object') return String(cell);
  return cell.kind === 'date' ? cell.date : new Date(cell.atMs).toISOString();
}

/** Also where another delimiter would do harm: a spreadsheet may split at the one of its own country. */
function quoted(text: string): string {
  return /[",;|\t\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
