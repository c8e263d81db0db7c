import type { PassRef } from '../../shared/contract/import-engine.ts';
import type { ImportOutcome } from '../../shared/contract/imports.ts';
import { carryOutSlice } from './carry-out-slice.ts';
import type { ImportActivities, ImportChores, SliceOutcome } from './contract.ts';
import { endPass } from './end-pass.ts';
import { keepBeating } from '../keep-beating.ts';
import { stageUpload } from './stage-upload.ts';
import { tellImports, type ImportChorePorts } from './tell-imports.ts';
import { tidyImports } from './tidy-imports.ts';
import { tellingTroubleOf } from './trouble.ts';

/** What carries imports out, whatever their desk does with the rows. */
export function createImportActivities(ports: ImportChorePorts): ImportActivities & ImportChores {
  /** Of an import that was removed there is nothing left to do. */
  const attempt = <T>(pass: PassRef, removed: T, act: () => Promise<T>): Promise<T> =>
    tellingTroubleOf(ports, pass, async () => {
      const found = await ports.repositories.imports.get(pass.orgId, pass.importId);
      return found === undefined ? removed : keepBeating(ports, act);
    });
  return {
    stageUpload: (pass) => attempt(pass, undefined, () => stageUpload(ports, pass)),
    carryOutSlice: (pass) =>
      attempt<SliceOutcome>(pass, { kind: 'ended', state: 'stopped' }, () => carryOutSlice(ports, pass)),
    endPass: (pass) => attempt<ImportOutcome>(pass, { state: 'stopped' }, () => endPass(ports, pass)),
    tellImports: async () => ({ told: await tellImports(ports) }),
    tidyImports: async () => ({ tidied: await tidyImports(ports) }),
  };
}
