import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { changeByRevision } from '../../shared/platform/persistence/change-by-revision.ts';
import type { ImportChanges, ImportRepository } from '../../shared/platform/persistence/import-repository.ts';

/**
 * Changes an import by what it is at that moment; `undefined` from `decide`: it is left as it is. Gives how it stands then. `known`: how
 * it stood a moment ago, so that it need not be read where nobody was quicker.
 */
export function changeImport(
  imports: ImportRepository,
  { orgId, importId }: { readonly orgId: string; readonly importId: string },
  decide: (current: PeopleImport) => ImportChanges | undefined,
  known?: PeopleImport,
): Promise<PeopleImport> {
  return changeByRevision<PeopleImport, ImportChanges>({
    ...{ what: 'an import', decide, known },
    read: () => imports.get(orgId, importId),
    write: (current, changes) => imports.update(current, changes),
  });
}
