import type { ImportEngine, PassRef } from '../../shared/contract/import-engine.ts';
import { passUnderWay } from '../../shared/domain/imports/pass-progress.ts';
import { isOver, type PeopleImport } from '../../shared/domain/imports/people-import.ts';
import { uploadPath, wipeUpload } from '../../shared/platform/imports/uploads.ts';
import { TargetUnavailable } from '../ports/target-unavailable.ts';
import { changeImport } from './change-import.ts';
import { endPass } from './end-pass.ts';
import type { ImportPorts } from './import-ports.ts';

export type ImportChorePorts = ImportPorts & { readonly importEngine: ImportEngine };

/** In one turn; the next one takes the next. */
const MOST_TOLD = 200;

/**
 * Tells the workflow of each import what it does not know yet, and starts those that were never started. One that is not at work has
 * nobody to tell: what is left of its upload goes, if it is over.
 */
export async function tellImports(ports: ImportChorePorts): Promise<number> {
  const unheard = await ports.repositories.imports.listUnheard(MOST_TOLD);
  for (const theImport of unheard) {
    const pass = passAtWork(theImport);
    if (pass === undefined) await settle(ports, theImport);
    else await tell(ports, theImport, pass);
  }
  return unheard.length;
}

async function tell(ports: ImportChorePorts, theImport: PeopleImport, pass: PassRef): Promise<void> {
  const told = await ports.importEngine.tell(pass);
  if (told === 'unavailable') throw new TargetUnavailable('Temporal did not take what an import was told');
  // Its workflow ended and the pass did not: somebody terminated it.
  if (told === 'over') await endPass(ports, pass);
  if (told === 'over') await settle(ports, theImport);
}

/** Wiped before it is known to be: whoever dies in between does it again. */
async function settle(ports: ImportChorePorts, { orgId, id: importId }: PeopleImport): Promise<void> {
  const { imports } = ports.repositories;
  const current = await imports.get(orgId, importId);
  if (current === undefined) return;
  if (isOver(current)) await wipeUpload(uploadPath(ports.uploadsFolder, orgId, importId));
  await changeImport(imports, { orgId, importId }, (now) =>
    now.unheard && passAtWork(now) === undefined ? { unheard: false } : undefined,
  );
}

function passAtWork(theImport: PeopleImport): PassRef | undefined {
  const { orgId, id: importId, dryRun, run } = theImport;
  const passes: readonly PassRef[] = [
    ...(run === undefined ? [] : [{ orgId, importId, mode: 'run' as const, number: run.number }]),
    ...(dryRun === undefined ? [] : [{ orgId, importId, mode: 'dry_run' as const, number: dryRun.number }]),
  ];
  return passes.find((pass) => passUnderWay(theImport, pass) !== undefined);
}
