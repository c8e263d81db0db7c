import type { ImportMode } from '../domain/imports/people-import.ts';

/** Tells the workflow of an import that something was decided: it looks into the database. Carries nothing. */
export const IMPORT_CHANGED = 'importChanged';

/** Input of the workflow of one pass through the rows of an import. Opaque ids and numbers only; rows never come here. */
export interface ImportInput {
  readonly orgId: string;
  readonly importId: string;
  readonly mode: ImportMode;
  /** Of the pass. */
  readonly number: number;
  /** Continue as new after so many slices. */
  readonly slicesPerRun: number;
}

export interface ImportOutcome {
  readonly state: 'ready' | 'finished' | 'stopped';
}
