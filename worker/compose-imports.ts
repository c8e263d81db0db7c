import { join } from 'node:path';
import type { ImportActivities, ImportChores } from '../activities/imports/contract.ts';
import { createImportActivities } from '../activities/imports/import-activities.ts';
import { TargetUnavailable } from '../activities/ports/target-unavailable.ts';
import { createRowDesk } from '../api/imports/rows/create-row-desk.ts';
import { contextOfDesk } from '../api/imports/rows/desk-context.ts';
import { DirectoryUnavailable } from '../directory/directory-errors.ts';
import type { ImportEngine } from '../shared/contract/import-engine.ts';
import type { ReviewEngine } from '../shared/contract/review-engine.ts';
import type { RowDesk } from '../shared/contract/row-desk.ts';
import { FIRST_TARGET } from '../shared/domain/person.ts';
import { ARCHIVES_FOLDER } from '../shared/platform/archive/archive-manifest.ts';
import { createArchiveReader } from '../shared/platform/archive/archive-reader.ts';
import type { Config } from '../shared/platform/config/config.ts';
import { writePiecesDurably } from '../shared/platform/files/durable-file.ts';
import { UPLOADS_FOLDER } from '../shared/platform/imports/uploads.ts';
import type { Logger } from '../shared/platform/logging.ts';
import type { CaseEngine } from '../shared/platform/temporal/case-engine.ts';
import type { ComposedPorts } from './compose-ports.ts';

interface Beside {
  readonly logger: Logger;
  readonly engine: CaseEngine;
  readonly importEngine: ImportEngine;
  readonly reviewEngine: ReviewEngine;
}

/** The activities of imports, with the desk that carries out their rows as the API carries out requests. */
export function composeImports(
  config: Config,
  composed: ComposedPorts,
  beside: Beside,
): ImportActivities & ImportChores {
  const { repositories, clock, heartbeat, log } = composed.ports;
  const uploadsFolder = join(config.dataFolder, UPLOADS_FOLDER);
  const desk = deskOf(config, composed, { ...beside, uploadsFolder });
  const { importEngine } = beside;
  return createImportActivities({
    ...{ repositories, clock, heartbeat, log, desk, importEngine, uploadsFolder },
  });
}

function deskOf(
  config: Config,
  { ports, directories, readings, pingStore }: ComposedPorts,
  { engine, importEngine, reviewEngine, logger, uploadsFolder }: Beside & { readonly uploadsFolder: string },
): RowDesk {
  const { repositories, notifier, publicUrl, clock } = ports;
  const directory = directories[FIRST_TARGET];
  if (directory === undefined) throw new Error('every installation has a directory');
  const desk = createRowDesk(
    contextOfDesk({
      ...{ repositories, directory, directories, readings, engine },
      ...{ imports: importEngine, reviews: reviewEngine },
      ...{ notifier, logger, publicUrl, pingStore },
      uploads: { folder: uploadsFolder, write: writePiecesDurably },
      archives: createArchiveReader(join(config.dataFolder, ARCHIVES_FOLDER)),
      stopping: new AbortController().signal,
      now: () => clock.now(),
    }),
  );
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

/** A directory that does not answer is a target that does not answer, as it is for steps. */
async function translating<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DirectoryUnavailable) throw new TargetUnavailable('the directory does not answer');
    throw error;
  }
}
