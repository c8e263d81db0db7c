import type { PassRef } from '../../shared/contract/import-engine.ts';
import type { ImportOutcome } from '../../shared/contract/imports.ts';

export type SliceOutcome =
  | { readonly kind: 'more' }
  /** A quota, or the rate, is used up until then. */
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'paused' }
  /** The pass is over, whoever ended it. */
  | ({ readonly kind: 'ended' } & ImportOutcome);

/** What an import does outside its workflow. Each may run twice; the second time changes nothing. No row ever comes here. */
export interface ImportActivities {
  /** Has the rows of the upload in the database, passwords hashed, and the upload wiped. */
  stageUpload(pass: PassRef): Promise<void>;
  /** Goes on with the rows where the pass stands, for some seconds. */
  carryOutSlice(pass: PassRef): Promise<SliceOutcome>;
  /** The workflow was cancelled: the import is stopped, unless the pass was over. */
  endPass(pass: PassRef): Promise<ImportOutcome>;
}

/** What the reconciler does about imports. Twice is once. */
export interface ImportChores {
  /** Has the workflow of every import know what was decided; starts what was never started. */
  tellImports(): Promise<{ readonly told: number }>;
  /** Ends imports that nobody launched, and removes the rows of those that are long over. */
  tidyImports(): Promise<{ readonly tidied: number }>;
}
