import { pageOfRow } from '../../shared/domain/imports/import-row.ts';
import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ImportRepository } from '../../shared/platform/persistence/import-repository.ts';

/** From when the file came. */
export const ROWS_KEPT_MS = 90 * 24 * 3_600_000;

/** Removes every page there can be, of an import that is over; also where it came to an end before it was staged. */
export async function dropRows(
  imports: ImportRepository,
  { orgId, id, file, staged }: PeopleImport,
): Promise<void> {
  await imports.removePages(orgId, id, Math.max(staged?.pages ?? 0, pageOfRow(file.rows)));
}
