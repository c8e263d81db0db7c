import type { ColumnCorrection } from './map-columns.ts';
import type { TokenLimit } from './token-bucket.ts';

/**
 * `uploaded`: the columns are not understood yet. `mapped`: they are. `ready`: the dry run is over and shown. `stopped`: it came
 * to no end, and `stopped` says why.
 */
export const IMPORT_STATES = [
  'uploaded',
  'mapped',
  'dry_run',
  'ready',
  'running',
  'finished',
  'stopped',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** The two ways rows are gone through: a dry run is the run with nothing written. */
export type ImportMode = 'dry_run' | 'run';

/** What the file is, as far as it was found out. */
export interface ImportedFile {
  readonly name?: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly kind: 'text' | 'xlsx';
  /** Of a text. */
  readonly encoding?: string;
  readonly encodingBy?: string;
  readonly delimiter?: string;
  /** Of a workbook. */
  readonly sheetName?: string;
  /** Without header and blank ones. */
  readonly rows: number;
}

export interface ImportSettings {
  /** What becomes of a made address that cannot be had: the next one of the rules, or the row fails. */
  readonly onTaken: 'next' | 'refuse';
  /** Whoever gets no password in the file and can be reached elsewhere is sent a mail with a setup link. */
  readonly welcomeMail: boolean;
  /** With a larger share of rows that fail, the import stops. */
  readonly mostInvalidPercent: number;
}

export const USUAL_IMPORT_SETTINGS: ImportSettings = {
  onTaken: 'next',
  welcomeMail: false,
  mostInvalidPercent: 20,
};

/** At most so many rows in any so many hours. */
export interface ImportRate {
  readonly rows: number;
  readonly perHours: number;
}

/** How many rows ended how. `warned`: those with a warning, whatever became of them. */
export interface ImportCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly departures: number;
  readonly failed: number;
  readonly warned: number;
}
export const NO_ROWS: ImportCounts = {
  created: 0,
  updated: 0,
  unchanged: 0,
  departures: 0,
  failed: 0,
  warned: 0,
};

/** One going through all rows, and how far it came. */
export interface ImportPass {
  /** Dry runs count up: one that was made before a correction is worth nothing any more. */
  readonly number: number;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  /** Pages whose rows all have a result. */
  readonly pages: number;
  /** Rows that have a result. */
  readonly rows: number;
  readonly counts: ImportCounts;
  /** `counts` without the page that is under way. */
  readonly countsBefore: ImportCounts;
  /** The latest moments at which rows were done, to tell how fast it goes. */
  readonly pace: readonly { readonly atMs: number; readonly rows: number }[];
}

/** Who may do what in the rows: as whoever launched it. */
export interface ImportActor {
  readonly ownerId: string;
  readonly scopes: readonly string[];
  /** Of the owner, where one is known. */
  readonly personId?: string;
}

export const IMPORT_STOPS = {
  FILE: 'The file cannot be read to its end.',
  TOO_MANY_INVALID: 'More rows cannot be carried out than `mostInvalidPercent` allows.',
  ABORTED: 'Somebody aborted it.',
  CANCELLED: 'It was cancelled in the engine.',
  EXPIRED: 'Nobody launched it in time.',
} as const;
export type ImportStopKind = keyof typeof IMPORT_STOPS;

export interface ImportStop {
  readonly kind: ImportStopKind;
  readonly atMs: number;
  /** Of the fault of a file, with its line. */
  readonly code?: string;
  readonly line?: number;
  /** The owner who did it. */
  readonly by?: string;
}

/** A file of people on its way through. */
export interface PeopleImport {
  readonly id: string;
  readonly orgId: string;
  readonly rev: number;
  readonly state: ImportState;
  readonly file: ImportedFile;
  readonly headers: readonly string[];
  /** What somebody said of columns that were guessed wrongly. */
  readonly corrections: readonly ColumnCorrection[];
  readonly settings: ImportSettings;
  readonly requestedBy: string;
  readonly createdAtMs: number;
  /**
   * The import that brought this very file first, itself as a rule: the people of its rows have their ids from it, so that a file that
   * is sent twice makes nobody twice.
   */
  readonly seed: { readonly importId: string; readonly atMs: number };
  /** Its rows are in the database, and the upload is gone. */
  readonly staged?: { readonly pages: number; readonly rows: number; readonly atMs: number };
  /** The column that held passwords when it was staged; `-1`: none did. Another one cannot be named afterwards. */
  readonly passwordColumn?: number;
  /** Its rows are removed then, if it is over; what it came to stays. Absent: it has no rows any more, or none yet. */
  readonly rowsUntilMs?: number;
  readonly dryRun?: ImportPass;
  readonly run?: ImportPass;
  readonly actor?: ImportActor;
  readonly paused?: { readonly by: string; readonly atMs: number };
  readonly rate?: ImportRate;
  /** It goes on by itself then: a quota, or its rate, is used up. */
  readonly waiting?: {
    readonly untilMs: number;
    readonly for: 'rate' | 'quota';
    readonly target?: string;
    /** What is let through then, and every so long after it. */
    readonly limit: TokenLimit;
  };
  /** Why the last try to go on failed; it is tried again. */
  readonly trouble?: { readonly code: string; readonly atMs: number };
  readonly stopped?: ImportStop;
  /** Something was decided that its workflow does not know yet. */
  readonly unheard: boolean;
}

/** Where nothing goes on any more. */
export function isOver({ state }: Pick<PeopleImport, 'state'>): boolean {
  return state === 'finished' || state === 'stopped';
}

/** The workflow of a pass: what an administrator searches for in the Temporal UI. */
export function importWorkflowId(orgId: string, importId: string, mode: ImportMode, number: number): string {
  return mode === 'run' ? `import:${orgId}:${importId}` : `import:${orgId}:${importId}:dry-run-${number}`;
}
