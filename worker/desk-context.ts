import { join } from 'node:path';
import { TargetUnavailable } from '../activities/ports/target-unavailable.ts';
import { contextOfDesk } from '../api/desk/desk-context.ts';
import { DirectoryUnavailable } from '../directory/directory-errors.ts';
import type { ImportEngine } from '../shared/contract/import-engine.ts';
import type { ReviewEngine } from '../shared/contract/review-engine.ts';
import { FIRST_TARGET } from '../shared/domain/person.ts';
import { ARCHIVES_FOLDER } from '../shared/platform/archive/archive-manifest.ts';
import { createArchiveReader } from '../shared/platform/archive/archive-reader.ts';
import type { Config } from '../shared/platform/config/config.ts';
import { writePiecesDurably } from '../shared/platform/files/durable-file.ts';
import { UPLOADS_FOLDER } from '../shared/platform/imports/uploads.ts';
import type { Logger } from '../shared/platform/logging.ts';
import type { CaseEngine } from '../shared/platform/temporal/case-engine.ts';
import type { ComposedPorts } from './compose-ports.ts';

/** The engines, for whatever a desk asks for. */
export interface DeskEngines {
  readonly logger: Logger;
  readonly engine: CaseEngine;
  readonly importEngine: ImportEngine;
  readonly reviewEngine: ReviewEngine;
}

export function uploadsFolderOf(config: Config): string {
  return join(config.dataFolder, UPLOADS_FOLDER);
}

/** What desks work with: the operations of the API on the worker's own connections. */
export function deskContext(
  config: Config,
  { ports, directories, readings, pingStore }: ComposedPorts,
  { engine, importEngine, reviewEngine, logger }: DeskEngines,
) {
  const { repositories, notifier, publicUrl, clock } = ports;
  const directory = directories[FIRST_TARGET];
  if (directory === undefined) throw new Error('every installation has a directory');
  return contextOfDesk({
    ...{ repositories, directory, directories, readings, engine },
    ...{ imports: importEngine, reviews: reviewEngine },
    ...{ notifier, logger, publicUrl, pingStore },
    uploads: { folder: uploadsFolderOf(config), write: writePiecesDurably },
    archives: createArchiveReader(join(config.dataFolder, ARCHIVES_FOLDER)),
    stopping: new AbortController().signal,
    now: () => clock.now(),
  });
}

/** A directory that does not answer is a target that does not answer, as it is for steps. */
export async function translating<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DirectoryUnavailable) throw new TargetUnavailable('the directory does not answer');
    throw error;
  }
}
