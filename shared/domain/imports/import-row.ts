import type { ImportField } from './import-fields.ts';
import { NO_ROWS, type ImportCounts, type ImportMode } from './people-import.ts';

/** So many rows are stored and shown together. The last page has what is left. */
export const ROWS_PER_PAGE = 200;
/** So many pages are carried out together. */
export const PAGES_AT_ONCE = 5;

/**
 * `unchanged`: the person is there already, as the row wants it. In a dry run: what the run would come to.
 */
export const ROW_STATUSES = ['created', 'updated', 'unchanged', 'departure_requested', 'failed'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** What is wrong with a row. `code`: one that the API has, or one of `ROW_FAULTS`. */
export interface RowFault {
  readonly code: string;
  readonly field?: ImportField;
  /** What exactly. Absent: the sentence of the code. */
  readonly detail?: string;
}

export interface RowResult {
  readonly status: RowStatus;
  readonly personId?: string;
  readonly address?: string;
  /** Of a departure. */
  readonly caseId?: string;
  /** Of somebody who was made: the account has the password of the file. */
  readonly hasPassword?: true;
  /** Why it failed. */
  readonly error?: RowFault;
  readonly warnings?: readonly RowFault[];
}

/** A row in the database. A password is not among its values. */
export interface StagedRow {
  /** From 1, without header and blank ones. */
  readonly number: number;
  /** Where it begins in the file. */
  readonly line: number;
  readonly values: readonly string[];
  /** The password of the file: hashed, or why it is none. Gone once the account has it. */
  readonly password?: { readonly hash: string } | { readonly fault: string };
  readonly dryRun?: RowResult;
  readonly result?: RowResult;
}

export interface ImportPage {
  /** `pageIdOf` */
  readonly id: string;
  readonly orgId: string;
  readonly importId: string;
  /** From 1. */
  readonly number: number;
  readonly rev: number;
  /** The pass that began with its rows: whoever begins again looks for what is there already. */
  readonly begunBy?: string;
  readonly rows: readonly StagedRow[];
}

export function pageIdOf(importId: string, number: number): string {
  return `row:${importId}:${String(number).padStart(6, '0')}`;
}

/** The page a row stands on. */
export function pageOfRow(rowNumber: number): number {
  return Math.ceil(rowNumber / ROWS_PER_PAGE);
}

/** What an error file calls a row, so that it is known when it comes back. */
export function rowIdOf(importId: string, rowNumber: number): string {
  return `${importId}.${rowNumber}`;
}

export function readRowId(text: string): { readonly importId: string; readonly row: number } | undefined {
  const found = /^(?<importId>imp_[0-9A-Za-z]{1,40})\.(?<row>[1-9]\d{0,6})$/u.exec(text)?.groups;
  return found === undefined ? undefined : { importId: found['importId'] ?? '', row: Number(found['row']) };
}

export function resultOf(row: StagedRow, mode: ImportMode): RowResult | undefined {
  return mode === 'run' ? row.result : row.dryRun;
}

const COUNTED_AS = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  departure_requested: 'departures',
  failed: 'failed',
} as const satisfies Readonly<Record<RowStatus, keyof ImportCounts>>;

/** With these results on top of what was counted before. */
export function countResults(results: readonly RowResult[], before: ImportCounts = NO_ROWS): ImportCounts {
  const counts: Record<keyof ImportCounts, number> = { ...before };
  for (const { status, warnings = [] } of results) {
    counts[COUNTED_AS[status]] += 1;
    if (warnings.length > 0) counts.warned += 1;
  }
  return counts;
}
