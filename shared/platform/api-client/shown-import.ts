import type { ImportCounts, ImportState } from '../../domain/imports/people-import.ts';

/*
 * An import as the API shows it: the members that our own programs read.
 */

interface ShownPass {
  readonly rows: number;
  readonly counts: ImportCounts;
}

export interface ShownImport {
  readonly id: string;
  readonly state: ImportState;
  readonly sameFileAs?: string;
  readonly file: {
    readonly rows: number;
    readonly kind: 'text' | 'xlsx';
    readonly encoding?: string;
    readonly encodingBy?: string;
    readonly delimiter?: string;
    readonly sheetName?: string;
  };
  readonly columns: readonly { readonly header: string; readonly field: string | null }[];
  readonly mappingFaults: readonly {
    readonly code: string;
    readonly sentence: string;
    readonly headers?: readonly string[];
    readonly field?: string;
  }[];
  readonly dryRun?: ShownPass;
  readonly run?: ShownPass;
  readonly progress?: {
    readonly rows: number;
    readonly ofRows: number;
    readonly rowsPerMinute?: number;
    readonly secondsLeft?: number;
  };
  readonly paused?: object;
  readonly waiting?: { readonly until: string; readonly for: 'rate' | 'quota' };
  readonly stopped?: {
    readonly sentence: string;
    readonly because?: string;
    readonly line?: number;
  };
}

interface ShownFault {
  readonly code: string;
  readonly sentence: string;
  readonly field?: string;
  readonly detail?: string;
}

export interface ShownRow {
  readonly row: number;
  readonly line: number;
  readonly address?: string;
  readonly error?: ShownFault;
  readonly warnings: readonly ShownFault[];
}
