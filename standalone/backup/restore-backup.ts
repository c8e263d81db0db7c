import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { flushFolder, makeFolderDurably, systemError } from '../../shared/platform/files/durable-file.ts';
import { dataFolderAt } from '../host/data-folder.ts';
import { lockHolder } from '../host/folder-lock.ts';
import { BackupError } from './backup-error.ts';
import type { BackupHeader } from './backup-format.ts';
import { readArchive } from './read-archive.ts';

export interface RestoreOptions {
  readonly file: string;
  /** Becomes the data folder. */
  readonly into: string;
  /** Moves a folder that holds something aside instead of refusing. */
  readonly force: boolean;
  /** Told which share of the file was read, from 0 to 1. */
  readonly onRead: (share: number) => void;
  readonly signal: AbortSignal;
}

export interface RestoreReport {
  readonly folder: string;
  /** Where the folder that was there before is now. */
  readonly movedTo?: string;
  readonly version: string;
  readonly takenAt: string;
  readonly files: number;
  readonly secretKey: BackupHeader['secretKey'];
}

/**
 * Makes a data folder of a backup. Everything is unpacked beside it and flushed, and takes its place only when every hash was
 * found right: until then, and when anything fails, nothing there has changed. Throws a BackupError.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const folder = resolve(options.into);
  const occupied = requireAllowed(folder, options.force);
  const draft = `${folder}.restoring`;
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const { header, files } = await unpack(options, draft);
    const movedTo = occupied ? moveAside(folder) : undefined;
    if (movedTo === undefined && existsSync(folder)) rmdirSync(folder);
    renameSync(draft, folder);
    await flushFolder(dirname(folder));
    const { version, takenAt, secretKey } = header;
    return {
      ...{ folder, version, takenAt, files: files.length, secretKey },
      ...(movedTo === undefined ? {} : { movedTo }),
    };
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw explain(error, folder);
  }
}

/** Whether something is in the way that may be moved aside. */
function requireAllowed(folder: string, force: boolean): boolean {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return false;
  if (!force) {
    throw new BackupError(
      'FOLDER_NOT_EMPTY',
      `The folder ${folder} is not empty: name another one, or say --force to have it moved aside.`,
    );
  }
  requireNotInUse(folder);
  return true;
}

function requireNotInUse(folder: string): void {
  const holder = lockHolder(dataFolderAt(folder).run);
  if (holder === undefined) return;
  throw new BackupError(
    'FOLDER_IN_USE',
    `The folder ${folder} is in use by process ${holder}: stop that one before you restore over it.`,
  );
}

async function unpack(
  { file, signal, onRead }: RestoreOptions,
  draft: string,
): Promise<Awaited<ReturnType<typeof readArchive>>> {
  const folders = new Set<string>([draft]);
  const backup = await readArchive(file, {
    signal,
    onRead,
    keep: async (name, pieces) => {
      const path = join(draft, name);
      await makeFolderDurably(dirname(path));
      folders.add(dirname(path));
      await writeFlushed(path, pieces, draft);
    },
  });
  for (const folder of folders) await flushFolder(folder);
  return backup;
}

async function writeFlushed(path: string, pieces: AsyncIterable<Buffer>, draft: string): Promise<void> {
  try {
    await pipeline(pieces, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  } catch (error) {
    throw systemError(error) === undefined ? error : explain(error, draft);
  }
}

function moveAside(folder: string): string {
  requireNotInUse(folder);
  const aside = `${folder}.before-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(folder, aside);
  return aside;
}

function explain(error: unknown, folder: string): unknown {
  const { code } = systemError(error) ?? {};
  if (code === undefined || error instanceof BackupError) return error;
  return new BackupError(
    'FOLDER_UNUSABLE',
    `The folder ${folder} cannot be put in place (${code}): name one on a disk that has room and that you may write to.`,
    { cause: error },
  );
}
