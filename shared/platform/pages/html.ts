import { escapeHtml } from '../../domain/escape-html.ts';

/** A piece of HTML that was made by `html`: its texts are escaped. */
export interface Html {
  readonly markup: string;
}

type Piece = Html | string | number | undefined | readonly Piece[];

/** The one way to make HTML: whatever is put in is text and is escaped, unless it was made here. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const markup = parts.reduce((made, part, index) => made + part + (markupOf(pieces[index]) ?? ''), '');
  return { markup };
}

function markupOf(piece: Piece): string | undefined {
  if (piece === undefined) return undefined;
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  if (isList(piece)) return piece.map((one) => markupOf(one) ?? '').join('');
  return piece.markup;
}

function isList(piece: Piece): piece is readonly Piece[] {
  return Array.isArray(piece);
}

/** Characters that have no place in a page become visible ones. */
function escaped(text: string): string {
  const visible = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu, '\u{fffd}');
  return escapeHtml(visible);
}
