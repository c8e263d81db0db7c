import type { ImportActivities, ImportChores } from '../activities/imports/contract.ts';
import { createImportActivities } from '../activities/imports/import-activities.ts';
import { createRowDesk } from '../api/imports/rows/create-row-desk.ts';
import type { RowDesk } from '../shared/contract/row-desk.ts';
import type { Config } from '../shared/platform/config/config.ts';
import type { ComposedPorts } from './compose-ports.ts';
import { deskContext, translating, uploadsFolderOf, type DeskEngines } from './desk-context.ts';

/** The activities of imports, with the desk that carries out their rows as the API carries out requests. */
export function composeImports(
  config: Config,
  composed: ComposedPorts,
  engines: DeskEngines,
): ImportActivities & ImportChores {
  const { repositories, clock, heartbeat, log } = composed.ports;
  const { importEngine } = engines;
  return createImportActivities({
    ...{ repositories, clock, heartbeat, log, importEngine },
    desk: rowDesk(config, composed, engines),
    uploadsFolder: uploadsFolderOf(config),
  });
}

function rowDesk(config: Config, composed: ComposedPorts, engines: DeskEngines): RowDesk {
  const desk = createRowDesk(deskContext(config, composed, engines));
  return {
    async takeIn(job, before) {
      const { results } = await translating(desk.takeIn(job, before));
      const translated = translating(results);
      // Whoever waits for them hears of it.
      translated.catch(() => undefined);
      return { results: translated };
    },
    forget: (importId, number) => translating(desk.forget(importId, number)),
  };
}
