import type { ImportMode } from '../domain/imports/people-import.ts';

/** One pass through the rows of an import. */
export interface PassRef {
  readonly orgId: string;
  readonly importId: string;
  readonly mode: ImportMode;
  readonly number: number;
}

/** The engine as imports need it. */
export interface ImportEngine {
  /**
   * Has the workflow of a pass look into the database, and starts it where it does not run yet. Repeating it changes nothing. `over`:
   * the pass came to its end before. `unavailable`: no answer; the reconciler tells it again.
   */
  tell(pass: PassRef): Promise<'told' | 'over' | 'unavailable'>;
}
