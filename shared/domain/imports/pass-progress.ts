import { countResults, resultOf, ROWS_PER_PAGE, type ImportPage, type StagedRow } from './import-row.ts';
import type { ImportCounts, ImportMode, ImportPass, PeopleImport } from './people-import.ts';

/** One going through the rows: which, and the how many-th. */
export interface PassName {
  readonly mode: ImportMode;
  readonly number: number;
}

/** What a page calls the pass that began with it. */
export function passTag({ mode, number }: PassName): string {
  return mode === 'run' ? 'run' : `dry_run:${number}`;
}

/** How far a pass came; `undefined`: it is over, or another one took its place. */
export function passUnderWay(theImport: PeopleImport, { mode, number }: PassName): ImportPass | undefined {
  const pass = mode === 'run' ? theImport.run : theImport.dryRun;
  const isMeant = theImport.state === (mode === 'run' ? 'running' : 'dry_run') && pass?.number === number;
  return isMeant ? pass : undefined;
}

/** The rows as a pass finds them: what an earlier dry run said of them counts no more. */
export function rowsFor(page: ImportPage, pass: PassName): readonly StagedRow[] {
  const isOld = page.rows.some(({ dryRun }) => dryRun !== undefined);
  if (pass.mode === 'run' || page.begunBy === passTag(pass) || !isOld) return page.rows;
  return page.rows.map(({ dryRun: _outdated, ...row }) => row);
}

const PACE_MOMENTS = 20;

/**
 * How far the pass is with the page that is under way standing so. Counted from the page itself, on top of the pages before it, so that
 * counting twice is counting once. Only with its last result does the page become one of those before.
 */
export function progressWith(
  pass: ImportPass,
  page: ImportPage,
  mode: ImportMode,
  nowMs: number,
): ImportPass {
  const results = page.rows.flatMap((row) => resultOf(row, mode) ?? []);
  const isComplete = results.length === page.rows.length;
  const counts = countResults(results, pass.countsBefore);
  const rows = (page.number - 1) * ROWS_PER_PAGE + results.length;
  return {
    ...pass,
    rows,
    counts,
    ...(isComplete ? { pages: page.number, countsBefore: counts } : {}),
    pace: rows === pass.rows ? pass.pace : [...pass.pace, { atMs: nowMs, rows }].slice(-PACE_MOMENTS),
  };
}

/** The same of pages that follow each other, as far as they are complete, and of the one after them. */
export function progressThrough(
  pass: ImportPass,
  pages: readonly ImportPage[],
  mode: ImportMode,
  nowMs: number,
): ImportPass {
  return pages.reduce(
    (reached, page) =>
      page.number === reached.pages + 1 ? progressWith(reached, page, mode, nowMs) : reached,
    pass,
  );
}

export function tooManyFailed({ failed }: ImportCounts, rows: number, mostPercent: number): boolean {
  return failed * 100 > mostPercent * rows;
}
