import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../shared/errors/start/start-error.ts';
import { errorCode, systemReason } from '../../shared/platform/config/error-code.ts';
import { takeFolderLock } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';

/** Absolute paths; everything one installation keeps is below `root`. */
export interface DataFolder {
  readonly root: string;
  readonly logs: string;
  /** Lock and pid files: means nothing once the machine has been restarted. */
  readonly run: string;
  readonly temporalDatabase: string;
  readonly store: string;
  readonly mongod: string;
}

/**
 * Creates the folder (for its owner only) and takes its lock for this process. Throws a StartError when it cannot be
 * written or when another start holds it.
 */
export function openDataFolder(path: string): { readonly folder: DataFolder; readonly lock: FolderLock } {
  const { folder, lock } = lockOrExplain(path);
  if ('release' in lock) return { folder, lock };
  throw StartError.of('DATA_FOLDER_IN_USE', { folder: path, pid: lock.heldBy });
}

function lockOrExplain(path: string): {
  readonly folder: DataFolder;
  readonly lock: ReturnType<typeof takeFolderLock>;
} {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // One name for one folder: a process is known as ours by the folder on its command line.
    const folder = dataFolderAt(realpathSync(path));
    mkdirSync(folder.logs, { recursive: true });
    return { folder, lock: takeFolderLock(folder.run) };
  } catch (error) {
    throw StartError.of(
      'DATA_FOLDER_UNUSABLE',
      { folder: path, reason: systemReason(error) },
      { cause: error },
    );
  }
}

/** Where things are below `root`. Creates nothing. */
export function dataFolderAt(root: string): DataFolder {
  return {
    root,
    logs: join(root, 'logs'),
    run: join(root, 'run'),
    temporalDatabase: join(root, 'temporal.db'),
    store: join(root, 'store'),
    mongod: join(root, 'mongod'),
  };
}

/**
 * The path of a file in the data folder that holds 32 random bytes in the given encoding, readable by its owner only;
 * made once and kept. A file appears whole or not at all.
 */
export function ensureSecretFile(folder: DataFolder, name: string, encoding: 'base64' | 'hex'): string {
  const path = join(folder.root, name);
  const draft = join(folder.run, `${name}.${process.pid}.tmp`);
  writeFileSync(draft, randomBytes(32).toString(encoding), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    chmodSync(path, 0o600);
  } finally {
    rmSync(draft, { force: true });
  }
  return path;
}

/** Names a file in the data folder. */
export const SECRET_KEY = 'secret-key';

export function readSecretFile(path: string): string {
  return readFileSync(path, 'utf8').trim();
}
