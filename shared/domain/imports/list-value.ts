/** Several texts in one place of a table: `sales; support`. A separator within one of them has a backslash in front. */
const SEPARATOR = ';';
const ESCAPE = '\\';

export function joinList(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/[\\;]/gu, (sign) => `${ESCAPE}${sign}`)).join(`${SEPARATOR} `);
}

/** What `joinList` joined, as it was but for spaces at either end; empty ones are none. */
export function splitList(text: string): readonly string[] {
  const parts = text.match(/(?:\\[\\;]|[^;])+/gu) ?? [];
  return parts.map((part) => part.trim().replaceAll(/\\([\\;])/gu, '$1')).filter((part) => part !== '');
}

/** The same of what has neither spaces nor commas within, such as addresses: people separate it by commas and lines as well. */
export function splitWords(text: string): readonly string[] {
  return splitList(text).flatMap((part) =>
    part
      .split(/[,\n]/u)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  );
}
