import { existsSync, readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { EXPORTS_FOLDER, MANIFEST_FILE } from '../../shared/platform/archive/archive-manifest.ts';
import { isMissing } from '../../shared/platform/files/durable-file.ts';
import { isPartName } from './backup-format.ts';

/** Files that are written once and never changed, below a folder; `name` is the path with the folder's own name in front. */
export interface KeptFile {
  readonly name: string;
  readonly path: string;
}

/** Under a temporary name a file is still being written. */
const UNFINISHED = /\.tmp$/u;

/**
 * The archives. A part without its manifest is left out: the step that writes it begins it anew. The manifest is written
 * last, so whoever sees it and lists the folder afterwards sees every message.
 */
export function archiveFiles(folder: string, name: string): readonly KeptFile[] {
  return foldersIn(folder).flatMap((theCase) =>
    foldersIn(join(folder, theCase)).flatMap((part) => {
      const path = join(folder, theCase, part);
      const finished = part === EXPORTS_FOLDER || existsSync(join(path, MANIFEST_FILE));
      return finished ? filesIn(path, `${name}/${theCase}/${part}`) : [];
    }),
  );
}

export function filesIn(folder: string, name: string): readonly KeptFile[] {
  return entries(folder)
    .filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name))
    .map((entry) => ({ name: `${name}/${entry.name}`, path: join(folder, entry.name) }))
    .filter((file) => isPartName(file.name));
}

function foldersIn(folder: string): readonly string[] {
  return entries(folder).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** An archive may be destroyed meanwhile, when its retention is over. */
function entries(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
