/** ECMA-376, part 1, 22.9.2.19: a character that XML cannot hold is written as `_xHHHH_`, and so is a `_` that would look like it. */
const ESCAPED = /_x([0-9A-Fa-f]{4})_/gu;
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/gu;
/** XML 1.0, 2.2. A carriage return would come back as a line feed. */
const NOT_IN_XML = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/gu;

export function unescapeText(text: string): string {
  return text.replace(ESCAPED, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

export function escapeText(text: string): string {
  return text
    .replace(LOOKS_ESCAPED, '_x005F_')
    .replace(NOT_IN_XML, (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}
