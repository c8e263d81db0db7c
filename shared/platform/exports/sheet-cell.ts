import { beginsAFormula } from '../../domain/imports/formula-escape.ts';
import { escapeText } from '../imports/xlsx/escaped-text.ts';
import { serialOf } from '../imports/xlsx/number-formats.ts';
import type { ExportCell } from './export-cell.ts';
import { STYLES } from './workbook-parts.ts';

/** Excel refuses a workbook with a longer one. */
const LONGEST_TEXT = 32_767;
/** Excel counts no earlier days correctly. */
const FIRST_DAY = '1900-03-01';

/** One cell in XML. A text is never a formula: it says what it is, and in a workbook needs no escape that somebody would see. */
export function sheetCell(cell: ExportCell, at: string): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'string') return textCell(cell, at, beginsAFormula(cell) ? STYLES.text : STYLES.usual);
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (cell.kind === 'instant') return `<c r="${at}" s="${STYLES.instant}"><v>${serialOf(cell.atMs)}</v></c>`;
  if (cell.date < FIRST_DAY) return textCell(cell.date, at, STYLES.usual);
  return `<c r="${at}" s="${STYLES.date}"><v>${serialOf(Date.parse(`${cell.date}T00:00:00Z`))}</v></c>`;
}

export function textCell(text: string, at: string, style: number): string {
  if (text.length > LONGEST_TEXT) throw new RangeError('no cell of a workbook holds a text as long as this');
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(escapeText(text))}</t></is></c>`;
}

export function escapeXml(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');
}

/** `A7` of column 0 in row 7. */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return `${letters}${row}`;
}
