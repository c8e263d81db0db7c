/** One row of a file as it came, before anybody says what its columns mean. */
export interface ImportRecord {
  /** Where it begins in the file, from 1. Quoted line breaks count, and so do empty lines. In Excel: the number of the row. */
  readonly line: number;
  readonly values: readonly string[];
}

/** Rows that only have delimiters are what spreadsheets leave behind. */
export function isBlank(values: readonly string[]): boolean {
  return values.every((value) => value.trim() === '');
}
