import type { PassRef } from '../../shared/contract/import-engine.ts';
import { progressWith } from '../../shared/domain/imports/pass-progress.ts';
import { isOver, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ImportPage, RowResult, StagedRow } from '../../shared/domain/imports/import-row.ts';
import type { ImportChanges } from '../../shared/platform/persistence/import-repository.ts';
import type { Admission, Waiting } from './admit-rows.ts';
import { changeImport } from './change-import.ts';
import { passNamed, withPass } from './end-pass.ts';
import type { ImportPorts } from './import-ports.ts';

/** Writes the results of rows into their page once they are there, and counts them. `undefined`: another attempt was first. */
export async function settlePage(
  ports: ImportPorts,
  pass: PassRef,
  {
    page,
    rows,
    results,
    used,
  }: { readonly page: ImportPage; readonly results: Promise<readonly RowResult[]> } & Pick<
    Admission,
    'rows' | 'used'
  >,
): Promise<PeopleImport | undefined> {
  const all = await results;
  if (all.length !== rows.length) throw new Error('a row has no result');
  await used();
  const { imports } = ports.repositories;
  const written = await imports.updatePage(page, { rows: withResults(page.rows, rows, all, pass) });
  return written && countPage(ports, pass, written, {});
}

function withResults(
  all: readonly StagedRow[],
  done: readonly StagedRow[],
  results: readonly RowResult[],
  { mode }: PassRef,
): readonly StagedRow[] {
  const resultAt = new Map(done.map(({ number }, index) => [number, results[index]]));
  return all.map((row) => {
    const result = resultAt.get(row.number);
    if (result === undefined) return row;
    if (mode === 'dry_run') return { ...row, dryRun: result };
    const { password: _used, ...rest } = row;
    return { ...rest, result };
  });
}

/** Also of an import that somebody stopped meanwhile: the rows are done. */
export function countPage(
  { repositories, clock }: ImportPorts,
  pass: PassRef,
  page: ImportPage,
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
    if (progress === undefined || progress.pages !== page.number - 1) return undefined;
    const ofPass = withPass(pass, progressWith(progress, page, pass.mode, nowMs));
    return isOver(current) ? ofPass : { ...ofPass, trouble: undefined, waiting };
  };
  return changeImport(repositories.imports, pass, decide, known);
}
