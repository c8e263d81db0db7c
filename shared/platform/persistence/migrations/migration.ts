import type { Database } from '../connect.ts';

export interface ChangedPage {
  /** How many documents were changed. */
  readonly changed: number;
  /** After which document the next page begins; absent when this was the last. */
  readonly next?: string;
}

/**
 * Makes right what older releases wrote. A file of its own whose name is its id; the list and the rules are in
 * all-migrations.ts. Works through its documents by id, a page at a time, and must be able to do any page again: a process
 * may die after a page and before the record of it.
 */
export interface Migration {
  readonly id: string;
  /** What becomes of the data, in one sentence for an operator. */
  readonly description: string;
  /** `after`: the last document of the page before; absent for the first. */
  changePage(database: Database, after: string | undefined, nowMs: number): Promise<ChangedPage>;
}
