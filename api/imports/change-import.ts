import type { ImportAction } from '../../shared/domain/imports/import-actions.ts';
import { possibleActions } from '../../shared/domain/imports/import-actions.ts';
import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ImportChanges } from '../../shared/platform/persistence/import-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Call } from '../http/call.ts';
import { assertMeant, conditionOf } from '../http/etag.ts';
import { Problem } from '../http/problem.ts';
import { importOr404 } from './import-or-404.ts';

/** While it runs, its workflow writes as well, several times a second at most. */
const MAX_ATTEMPTS = 20;

/**
 * Changes the import of the address as `decide` says of the revision that is written over; nothing where it says `undefined`. Throws
 * `PRECONDITION_FAILED` where `If-Match` means another revision.
 */
export async function changeImport(
  context: ApiContext,
  call: Call,
  decide: (theImport: PeopleImport) => ImportChanges | undefined,
): Promise<PeopleImport> {
  const condition = conditionOf(call);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const theImport = await importOr404(context, call);
    const changes = decide(theImport);
    if (changes === undefined) return theImport;
    assertMeant(condition, theImport.rev);
    const changed = await context.repositories.imports.update(theImport, changes);
    if (changed !== undefined) return changed;
  }
  throw new Problem('CONCURRENT_CHANGE');
}

/** Throws `IMPORT_STATE`, with what is possible, where this is not. */
export function assertPossible(theImport: PeopleImport, action: ImportAction): void {
  const possible = possibleActions(theImport);
  if (!possible.includes(action))
    throw new Problem('IMPORT_STATE', { members: { state: theImport.state, possible } });
}
