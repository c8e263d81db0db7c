import { DELIMITERS, type Delimiter } from './encodings.ts';

/** How many records at the start have a say. */
const LOOKED_AT = 20;

/**
 * What separates the values: that of which the header has most. Where two are even, the one of which most of the records that
 * follow have as many as the header; then the first in the list. A single column has none, and a comma does for it.
 */
export function findDelimiter(start: string): Delimiter {
  const [header = '', ...others] = withoutQuoted(start)
    .split(/[\r\n]+/u)
    .filter((line) => line.trim() !== '')
    .slice(0, LOOKED_AT);
  const ranked = DELIMITERS.map((delimiter) => {
    const inHeader = countOf(delimiter, header);
    return {
      delimiter,
      inHeader,
      alike: others.filter((line) => countOf(delimiter, line) === inHeader).length,
    };
  });
  ranked.sort((a, b) => b.inHeader - a.inHeader || b.alike - a.alike);
  return ranked[0]?.delimiter ?? ',';
}

/** What stands within quotes separates nothing: neither values nor records. */
function withoutQuoted(text: string): string {
  return text.replace(/"[^"]*("|$)/gu, '');
}

function countOf(delimiter: Delimiter, line: string): number {
  return line.split(delimiter).length - 1;
}
