import type { PassRef } from '../../shared/contract/import-engine.ts';
import { passUnderWay } from '../../shared/domain/imports/pass-progress.ts';
import { tellingTrouble } from '../telling-trouble.ts';
import { changeImport } from './change-import.ts';
import type { ImportPorts } from './import-ports.ts';

/** What keeps a pass from going on is said in its import. */
export function tellingTroubleOf<T>(ports: ImportPorts, pass: PassRef, act: () => Promise<T>): Promise<T> {
  const told = {
    ...{ ids: { importId: pass.importId }, what: 'an import' },
    tell: (trouble: { readonly code: string; readonly atMs: number }) =>
      changeImport(ports.repositories.imports, pass, (current) =>
        passUnderWay(current, pass) === undefined ? undefined : { trouble },
      ),
  };
  return tellingTrouble(ports, told, act);
}
