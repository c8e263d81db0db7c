/** What stands in one place of an export. Nothing is an empty place. */
export type ExportCell = string | number | boolean | ExportDate | ExportInstant | undefined;

export interface ExportDate {
  readonly kind: 'date';
  /** Local, `YYYY-MM-DD`. */
  readonly date: string;
}

export interface ExportInstant {
  readonly kind: 'instant';
  readonly atMs: number;
}

/** Rows with their header, in the order of its columns. Rows are asked for as they are written. */
export interface ExportTable {
  readonly headers: readonly string[];
  readonly rows: AsyncIterable<readonly ExportCell[]>;
}
