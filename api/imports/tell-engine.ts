import type { PassRef } from '../../shared/contract/import-engine.ts';
import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ApiContext } from '../api-context.ts';

/** Has the workflow of the last pass look at what was written. While the engine is away nothing is lost: the reconciler tells it. */
export async function tellEngine({ imports, logger }: ApiContext, theImport: PeopleImport): Promise<void> {
  const pass = lastPass(theImport);
  if (pass === undefined) return;
  if ((await imports.tell(pass)) === 'unavailable')
    logger.warn({ importId: theImport.id }, 'the engine does not answer; it is told of the import later');
}

function lastPass({ id: importId, orgId, dryRun, run }: PeopleImport): PassRef | undefined {
  if (run !== undefined) return { orgId, importId, mode: 'run', number: run.number };
  return dryRun && { orgId, importId, mode: 'dry_run', number: dryRun.number };
}
