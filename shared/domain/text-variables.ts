const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/gu;

/** The names in double braces, `{{leaver}}`, that are none of these. */
export function unknownVariables(text: string, known: readonly string[]): readonly string[] {
  return [...text.matchAll(VARIABLE)].map((match) => match[1] ?? '').filter((name) => !known.includes(name));
}

/** Values are put in as they are: a name that looks like a variable stays a name. What stands for nothing stays. */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (found, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? found) : found,
  );
}

/** Whether a text names the variable. */
export function namesVariable(text: string, variable: string): boolean {
  return [...text.matchAll(VARIABLE)].some((match) => match[1] === variable);
}
