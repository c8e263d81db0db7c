import type { PassRef } from '../../shared/contract/import-engine.ts';
import { passTag, passUnderWay, rowsFor } from '../../shared/domain/imports/pass-progress.ts';
import { isOver, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { resultOf, type ImportPage, type StagedRow } from '../../shared/domain/imports/import-row.ts';
import { admitRows } from './admit-rows.ts';
import { changeImport } from './change-import.ts';
import type { SliceOutcome } from './contract.ts';
import { finishPass, leavePass, whyOver } from './end-pass.ts';
import type { ImportPorts } from './import-ports.ts';
import { countPage, settlePage } from './settle-page.ts';

/** Another page is not begun after this. */
const GOES_ON_FOR_MS = 20_000;
const MOST_PAGES = 60;

/** A page whose rows are being carried out, and what is left to do once they are. */
interface PageAhead {
  readonly number: number;
  readonly results: Promise<unknown>;
  /** Writes the results and counts them. Gives the import as it stood right after: it is as good as read. */
  settle(): Promise<PeopleImport | undefined>;
}

/**
 * Goes on with a pass for some seconds, page by page, looking before each whether it is still wanted. While the accounts of one page are
 * made, the names of the next are decided. Every write is such that whoever begins again after it comes to the same end: rows are
 * carried out before their results are written, results before they are counted.
 */
export async function carryOutSlice(ports: ImportPorts, pass: PassRef): Promise<SliceOutcome> {
  const beganAtMs = performance.now();
  let known: PeopleImport | undefined;
  let ahead: PageAhead | undefined;
  const settle = async (): Promise<void> => {
    known = await ahead?.settle();
    ahead = undefined;
  };
  try {
    for (let count = 0; count < MOST_PAGES && performance.now() - beganAtMs < GOES_ON_FOR_MS; count += 1) {
      const theImport = await hear(ports, pass, known);
      const next = await nextPage(ports, pass, theImport, ahead?.number);
      if (next === 'not_now') {
        if (ahead === undefined) return await outcomeOf(ports, pass, theImport);
        await settle();
        continue;
      }
      const { page, isRepeated, asking } = next;
      const { rows, waiting, used } = await admitRows(ports, pass, theImport, asking);
      if (rows.length === 0) {
        await settle();
        known = await countPage(ports, pass, page, { known, waiting });
        if (waiting !== undefined) return { kind: 'wait', untilMs: waiting.untilMs };
        continue;
      }
      const job = { theImport, mode: pass.mode, rows, isRepeated };
      const { results } = await ports.desk.takeIn(job, ahead?.results);
      await settle();
      ahead = {
        number: page.number,
        results,
        settle: () => settlePage(ports, pass, { page, rows, results, used }),
      };
      // A page that is not taken in as a whole is looked at again before the next.
      if (rows.length < asking.length) await settle();
    }
    await settle();
    return { kind: 'more' };
  } finally {
    // Whoever begins again does not meet this attempt.
    await ahead?.results.catch(() => undefined);
  }
}

interface NextPage {
  readonly page: ImportPage;
  /** The pass had begun with it before. */
  readonly isRepeated: boolean;
  /** Its rows without a result. */
  readonly asking: readonly StagedRow[];
}

/** `not_now`: somebody decided otherwise, or there is none. `ahead`: the page whose rows are being carried out. */
async function nextPage(
  ports: ImportPorts,
  pass: PassRef,
  theImport: PeopleImport,
  ahead: number | undefined,
): Promise<NextPage | 'not_now'> {
  const progress = passUnderWay(theImport, pass);
  if (progress === undefined || theImport.paused !== undefined) return 'not_now';
  if (whyOver(theImport, pass, progress) !== undefined) return 'not_now';
  const following = progress.pages + 1;
  // Another attempt came further than this one.
  if (ahead !== undefined && ahead !== following) return 'not_now';
  const number = ahead === undefined ? following : following + 1;
  if (number > (theImport.staged?.pages ?? 0)) return 'not_now';
  ports.heartbeat({ page: number });
  for (;;) {
    const found = await ports.repositories.imports.getPage(pass.orgId, pass.importId, number);
    if (found === undefined) throw new Error('a page of rows is missing');
    const page = await begin(ports, pass, found);
    // Another attempt was first: the page is looked at again.
    if (page === undefined) continue;
    const asking = page.rows.filter((row) => resultOf(row, pass.mode) === undefined);
    return { page, isRepeated: found.begunBy === passTag(pass), asking };
  }
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

/** Marks the page before anything is done with its rows, and takes away what an earlier dry run said of them. */
async function begin(
  { repositories: { imports } }: ImportPorts,
  pass: PassRef,
  page: ImportPage,
): Promise<ImportPage | undefined> {
  const begunBy = passTag(pass);
  if (page.begunBy === begunBy) return page;
  const rows = rowsFor(page, pass);
  return imports.updatePage(page, { begunBy, ...(rows === page.rows ? {} : { rows }) });
}
