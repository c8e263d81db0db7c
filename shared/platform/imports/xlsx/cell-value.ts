import { unescapeText } from './escaped-text.ts';
import { dateText, PLAIN, type NumberFormat } from './number-formats.ts';
import type { TextTable } from './text-table.ts';

/** What the cells of a sheet are understood with. */
export interface CellContext {
  readonly sharedTexts: TextTable;
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
}

/** A cell as it stands in the sheet. */
export interface RawCell {
  /** `t`: what the content is. */
  readonly type: string;
  /** `s`: the number of its style. */
  readonly style: number;
  readonly content: string;
}

/**
 * What somebody who looks at the cell would type: a date is `2027-01-29`, a number has no more digits than it needs. Of a
 * formula the result that was stored with it.
 */
export function cellValue({ type, style, content }: RawCell, context: CellContext): string {
  if (content === '') return '';
  switch (type) {
    case 's':
      return context.sharedTexts.at(Number(content)) ?? '';
    case 'inlineStr':
    case 'str':
      return unescapeText(content);
    case 'b':
      return content.trim() === '1' || content.trim() === 'true' ? 'true' : 'false';
    case 'n':
      return numberText(content, context.formats[style] ?? PLAIN, context.from1904);
    default:
      return content;
  }
}

function numberText(content: string, format: NumberFormat, from1904: boolean): string {
  const number = Number(content);
  if (!Number.isFinite(number)) return content;
  if (format.kind === 'date') return dateText(number, from1904) ?? String(number);
  // 64-bit numbers hold fifteen digits for certain; Excel shows no more.
  const shown = String(Number(number.toPrecision(15)));
  return format.kind === 'padded' ? shown.padStart(format.digits, '0') : shown;
}
