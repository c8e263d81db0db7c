import type { PassRef } from '../../shared/contract/import-engine.ts';
import { progressThrough } from '../../shared/domain/imports/pass-progress.ts';
import { isOver, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ImportPage, RowResult, StagedRow } from '../../shared/domain/imports/import-row.ts';
import type { ImportChanges } from '../../shared/platform/persistence/import-repository.ts';
import type { Admission, Waiting } from './admit-rows.ts';
import { changeImport } from './change-import.ts';
import { passNamed, withPass } from './end-pass.ts';
import type { ImportPorts } from './import-ports.ts';

/** What was taken in together. */
interface Settled extends Pick<Admission, 'rows' | 'used'> {
  readonly pages: readonly ImportPage[];
  readonly results: Promise<readonly RowResult[]>;
}

/** Writes the results of rows into their pages once they are there, and counts them. `undefined`: another attempt was first. */
export async function settlePages(
  ports: ImportPorts,
  pass: PassRef,
  { pages, rows, results, used }: Settled,
): Promise<PeopleImport | undefined> {
  const all = await results;
  if (all.length !== rows.length) throw new Error('a row has no result');
  await used();
  const { imports } = ports.repositories;
  const resultAt = new Map(rows.map(({ number }, index) => [number, all[index]]));
  const written = await Promise.all(
    pages.map((page) => imports.updatePage(page, { rows: withResults(page.rows, resultAt, pass) })),
  );
  const known = written.flatMap((page) => page ?? []);
  return known.length < pages.length ? undefined : countPages(ports, pass, known, {});
}

function withResults(
  all: readonly StagedRow[],
  resultAt: ReadonlyMap<number, RowResult | undefined>,
  { mode }: PassRef,
): readonly StagedRow[] {
  return all.map((row) => {
    const result = resultAt.get(row.number);
    if (result === undefined) return row;
    if (mode === 'dry_run') return { ...row, dryRun: result };
    const { password: _used, ...rest } = row;
    return { ...rest, result };
  });
}

/** Also of an import that somebody stopped meanwhile: the rows are done. */
export function countPages(
  { repositories, clock }: ImportPorts,
  pass: PassRef,
  pages: readonly ImportPage[],
  {
    known,
    waiting,
  }: {
    readonly known?: PeopleImport | undefined;
    readonly waiting?: Waiting | undefined;
  },
): Promise<PeopleImport> {
  const nowMs = clock.now();
  const decide = (current: PeopleImport): ImportChanges | undefined => {
    const progress = passNamed(current, pass);
    if (progress === undefined || progress.pages !== (pages[0]?.number ?? 0) - 1) return undefined;
    const ofPass = withPass(pass, progressThrough(progress, pages, pass.mode, nowMs));
    return isOver(current) ? ofPass : { ...ofPass, trouble: undefined, waiting };
  };
  return changeImport(repositories.imports, pass, decide, known);
}
