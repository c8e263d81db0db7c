import {
  pageOfRow,
  resultOf,
  type RowResult,
  type StagedRow,
} from '../../shared/domain/imports/import-row.ts';
import type { ImportMode, PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { dryRunOf } from '../../shared/domain/imports/progress.ts';
import type { ApiContext } from '../api-context.ts';

/** A row with what became of it; nothing yet where it waits. */
export interface ReadRow {
  readonly row: StagedRow;
  readonly result: RowResult | undefined;
}

/** The mode that is asked for: the run, where there is one. */
export function modeOf({ run }: PeopleImport, asked: ImportMode | undefined): ImportMode {
  return asked ?? (run === undefined ? 'dry_run' : 'run');
}

/** The rows of an import in their order, a page of them at a time; those after this number. */
export async function* readRows(
  { repositories }: Pick<ApiContext, 'repositories'>,
  theImport: PeopleImport,
  mode: ImportMode,
  afterRow = 0,
): AsyncGenerator<ReadRow, void> {
  const { id, orgId, staged } = theImport;
  for (let number = pageOfRow(afterRow + 1); number <= (staged?.pages ?? 0); number += 1) {
    const page = await repositories.imports.getPage(orgId, id, number);
    for (const row of page?.rows ?? [])
      if (row.number > afterRow) yield { row, result: validResult(theImport, row, mode) };
  }
}

/** A row may still have the result of a dry run that is worth nothing any more. */
function validResult(theImport: PeopleImport, row: StagedRow, mode: ImportMode): RowResult | undefined {
  const isOutdated = mode === 'dry_run' && row.number > (dryRunOf(theImport)?.rows ?? 0);
  return isOutdated ? undefined : resultOf(row, mode);
}
