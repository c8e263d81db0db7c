import type { PassRef } from '../../shared/contract/import-engine.ts';
import { passTag, passUnderWay, rowsFor } from '../../shared/domain/imports/pass-progress.ts';
import { isOver, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import {
  PAGES_AT_ONCE,
  resultOf,
  type ImportPage,
  type RowResult,
  type StagedRow,
} from '../../shared/domain/imports/import-row.ts';
import { admitRows } from './admit-rows.ts';
import { changeImport } from './change-import.ts';
import type { SliceOutcome } from './contract.ts';
import { finishPass, leavePass, whyOver } from './end-pass.ts';
import type { ImportPorts } from './import-ports.ts';
import { countPages, settlePages } from './settle-pages.ts';

/** Another page is not begun after this. */
const GOES_ON_FOR_MS = 20_000;
const MOST_TIMES = 20;
/** What is taken in together is to take about so long: whoever pauses or aborts waits for it. */
const TAKES_MS = 2_000;

/** Pages whose rows are being carried out, and what is left to do once they are. */
interface PagesAhead {
  readonly pages: readonly ImportPage[];
  readonly results: Promise<readonly RowResult[]>;
  /** Writes the results and counts them. Gives the import as it stood right after: it is as good as read. */
  settle(): Promise<PeopleImport | undefined>;
}

/**
 * Goes on with a pass for some seconds, some pages at a time, looking before each time whether it is still wanted. While the accounts of
 * some pages are made, the names of the next are decided. Every write is such that whoever begins again after it comes to the same
 * end: rows are carried out before their results are written, results before they are counted.
 */
export async function carryOutSlice(ports: ImportPorts, pass: PassRef): Promise<SliceOutcome> {
  const beganAtMs = performance.now();
  let known: PeopleImport | undefined;
  let ahead: PagesAhead | undefined;
  let atOnce = 1;
  /** Of the rows that were taken in last; those before them are done by then. */
  let latest: Promise<unknown> | undefined;
  const settle = async (): Promise<void> => {
    known = await ahead?.settle();
    ahead = undefined;
  };
  try {
    for (let count = 0; count < MOST_TIMES && performance.now() - beganAtMs < GOES_ON_FOR_MS; count += 1) {
      const theImport = await hear(ports, pass, known);
      const next = await nextPages(ports, pass, theImport, { ahead: ahead?.pages ?? [], atOnce });
      if (next === 'not_now') {
        if (ahead === undefined) return await outcomeOf(ports, pass, theImport);
        await settle();
        continue;
      }
      const { pages, isRepeated, asking } = next;
      const { rows, waiting, used } = await admitRows(ports, pass, theImport, asking);
      if (rows.length === 0) {
        // Tokens count from when they were used: what is under way is done first.
        if (ahead !== undefined) {
          await settle();
          continue;
        }
        known = await countPages(ports, pass, pages, { known, waiting });
        if (waiting !== undefined) return { kind: 'wait', untilMs: waiting.untilMs };
        continue;
      }
      const job = { theImport, mode: pass.mode, rows, isRepeated };
      const takenInAtMs = performance.now();
      const { results } = await ports.desk.takeIn(job, ahead?.results);
      atOnce = nextAtOnce(pages.length, performance.now() - takenInAtMs);
      latest = results;
      await settle();
      ahead = { pages, results, settle: () => settlePages(ports, pass, { pages, rows, results, used }) };
      // Pages that are not taken in as a whole are looked at again before the next.
      if (rows.length < asking.length) await settle();
    }
    await settle();
    return { kind: 'more' };
  } finally {
    // Whoever begins again does not meet this attempt.
    await latest?.catch(() => undefined);
  }
}

interface NextPages {
  readonly pages: readonly ImportPage[];
  /** The pass had begun with one of them before. */
  readonly isRepeated: boolean;
  /** Their rows without a result. */
  readonly asking: readonly StagedRow[];
}

/** `not_now`: somebody decided otherwise, or there are none. `ahead`: those whose rows are being carried out. */
async function nextPages(
  ports: ImportPorts,
  pass: PassRef,
  theImport: PeopleImport,
  { ahead, atOnce }: { readonly ahead: readonly ImportPage[]; readonly atOnce: number },
): Promise<NextPages | 'not_now'> {
  const progress = passUnderWay(theImport, pass);
  if (progress === undefined || theImport.paused !== undefined) return 'not_now';
  if (whyOver(theImport, pass, progress) !== undefined) return 'not_now';
  const following = progress.pages + 1;
  // Another attempt came further than this one.
  if (ahead[0] !== undefined && ahead[0].number !== following) return 'not_now';
  const first = following + ahead.length;
  const last = Math.min(first + atOnce - 1, theImport.staged?.pages ?? 0);
  if (first > last) return 'not_now';
  ports.heartbeat({ page: first });
  const begun = await Promise.all(
    Array.from({ length: last - first + 1 }, (_, at) => beginPage(ports, pass, first + at)),
  );
  const pages = begun.map(({ page }) => page);
  return {
    pages,
    isRepeated: begun.some(({ isRepeated }) => isRepeated),
    asking: pages.flatMap(({ rows }) => rows.filter((row) => resultOf(row, pass.mode) === undefined)),
  };
}

/** Marks a page before anything is done with its rows, and takes away what an earlier dry run said of them. */
async function beginPage(
  { repositories: { imports } }: ImportPorts,
  pass: PassRef,
  number: number,
): Promise<{ readonly page: ImportPage; readonly isRepeated: boolean }> {
  const begunBy = passTag(pass);
  for (;;) {
    const found = await imports.getPage(pass.orgId, pass.importId, number);
    if (found === undefined) throw new Error('a page of rows is missing');
    if (found.begunBy === begunBy) return { page: found, isRepeated: true };
    const rows = rowsFor(found, pass);
    const page = await imports.updatePage(found, { begunBy, ...(rows === found.rows ? {} : { rows }) });
    // `undefined`: another attempt was first, and the page is looked at again.
    if (page !== undefined) return { page, isRepeated: false };
  }
}

/** Rows that change somebody, or have somebody leave, take far longer than those that make somebody. */
function nextAtOnce(pages: number, tookMs: number): number {
  const fitting = Math.floor((pages * TAKES_MS) / Math.max(tookMs, 1));
  return Math.max(1, Math.min(fitting, 2 * pages, PAGES_AT_ONCE));
}

/** Why the pass does not go on at this moment, with everything counted. */
async function outcomeOf(ports: ImportPorts, pass: PassRef, theImport: PeopleImport): Promise<SliceOutcome> {
  const progress = passUnderWay(theImport, pass);
  if (progress === undefined) return { kind: 'ended', ...(await leavePass(ports, pass)) };
  const why = whyOver(theImport, pass, progress);
  return why === undefined ? { kind: 'paused' } : { kind: 'ended', ...(await finishPass(ports, pass, why)) };
}

/** Reads what was decided. A pass whose place another one took leaves the news to that one. */
function hear(
  { repositories }: ImportPorts,
  pass: PassRef,
  known: PeopleImport | undefined,
): Promise<PeopleImport> {
  const isOurs = (current: PeopleImport): boolean =>
    passUnderWay(current, pass) !== undefined || isOver(current);
  return changeImport(
    repositories.imports,
    pass,
    (current) => (current.unheard && isOurs(current) ? { unheard: false } : undefined),
    known,
  );
}
