import type { ImportMode, PeopleImport } from '../domain/imports/people-import.ts';
import type { RowResult, StagedRow } from '../domain/imports/import-row.ts';

/** Some rows of one import, in their order, none of which has a result in this mode yet. */
export interface RowJob {
  readonly theImport: PeopleImport;
  readonly mode: ImportMode;
  readonly rows: readonly StagedRow[];
  /** An earlier attempt began with these rows, and parts of it may have happened. */
  readonly isRepeated: boolean;
}

/**
 * One result for each row, in their order. What somebody's row did wrong is a result; a database or a target that does not answer is
 * thrown.
 */
export interface TakenIn {
  readonly results: Promise<readonly RowResult[]>;
}

/**
 * Carries out rows as the API carries out requests: by the same checks, through the same guard. A dry run is the same code with
 * nothing written but the names it would take, which `forget` gives back.
 */
export interface RowDesk {
  /**
   * Takes rows in, and resolves when those that follow may be taken in: names are decided then, and accounts are being made. `before`:
   * the results of the rows before these, which may still be carried out; wherever order counts, it is kept.
   */
  takeIn(job: RowJob, before?: TakenIn['results']): Promise<TakenIn>;
  /** The end of the dry run of this number, however it ended. */
  forget(importId: string, number: number): Promise<void>;
}
