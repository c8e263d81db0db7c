import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { untilFirst } from '../../shared/platform/persistence/compare-and-set.ts';
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
  let last = known;
  return untilFirst('an import', async () => {
    const current = last ?? (await imports.get(orgId, importId));
    last = undefined;
    if (current === undefined) throw new Error('there is no such import');
    const changes = decide(current);
    return changes === undefined ? current : imports.update(current, changes);
  });
}
