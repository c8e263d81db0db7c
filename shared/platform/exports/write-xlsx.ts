import { PassThrough, Readable } from 'node:stream';
import yazl from 'yazl';
import type { ExportTable } from './export-cell.ts';
import { cellName, escapeXml, sheetCell, textCell } from './sheet-cell.ts';
import { fixedParts, SHEET_PART, sheetEnd, sheetStart, STYLES } from './workbook-parts.ts';

/** Written at once: a row alone is little. */
const PIECE_LENGTH = 32 * 1024;

/** An Excel workbook of one sheet, piece by piece: a header that stays in sight, filters, dates that are dates. */
export async function* writeXlsx(table: ExportTable, sheetName: string): AsyncGenerator<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(fixedParts(escapeXml(sheetName))))
    zip.addBuffer(Buffer.from(text), name);
  const sheet = Readable.from(sheetOf(table));
  zip.addReadStream(sheet, SHEET_PART);
  zip.end();
  const output = zip.outputStream.pipe(new PassThrough());
  // The archive does not look at it: a reader would wait for the rest for ever.
  sheet.on('error', (error) => output.destroy(error));
  try {
    yield* output as AsyncIterable<Buffer>;
  } finally {
    sheet.destroy();
  }
}

async function* sheetOf({ headers, rows }: ExportTable): AsyncGenerator<string> {
  let row = 1;
  const header = headers.map((text, column) => textCell(text, cellName(column, row), STYLES.header));
  let piece = `${sheetStart(headers.length)}<row r="${row}">${header.join('')}</row>`;
  for await (const cells of rows) {
    row += 1;
    const each = cells.map((cell, column) => sheetCell(cell, cellName(column, row)));
    piece += `<row r="${row}">${each.join('')}</row>`;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}${sheetEnd(cellName(headers.length - 1, row))}`;
}
