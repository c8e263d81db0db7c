/**
 * What makes a spreadsheet take a text for a formula when it begins with it. Full-width forms count, because programs for
 * Chinese and Japanese read them alike.
 */
const BEGINS_A_FORMULA = String.raw`[=+\-@\t\r\n＝＋－＠]`;
const TO_ESCAPE = new RegExp(`^'*${BEGINS_A_FORMULA}`, 'u');
const ESCAPED = new RegExp(`^'+${BEGINS_A_FORMULA}`, 'u');

/**
 * With an apostrophe in front, so that no spreadsheet carries the text out. A text that looks escaped already gets one more:
 * only so does every text come back as it was.
 */
export function escapeFormula(text: string): string {
  return beginsAFormula(text) ? `'${text}` : text;
}

/** Takes away exactly what `escapeFormula` put there. */
export function unescapeFormula(text: string): string {
  return ESCAPED.test(text) ? text.slice(1) : text;
}

/** Also behind apostrophes: they are not part of what a spreadsheet takes for the text. */
export function beginsAFormula(text: string): boolean {
  return TO_ESCAPE.test(text);
}
