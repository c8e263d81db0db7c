import { existsSync, rmSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../../shared/platform/config/config.ts';
import { packageVersion } from '../../shared/platform/config/package-version.ts';
import { flushFolder, systemError } from '../../shared/platform/files/durable-file.ts';
import type { DataFolder } from '../host/data-folder.ts';
import { takeFolderLock } from '../host/folder-lock.ts';
import { BackupError } from './backup-error.ts';
import { FORMAT, PARTS } from './backup-format.ts';
import type { BackupHeader } from './backup-format.ts';
import { archiveFiles, filesIn } from './files-below.ts';
import type { KeptFile } from './files-below.ts';
import { requireOwnInstallation } from './own-installation.ts';
import { readArchive } from './read-archive.ts';
import { restingStore, servedStore } from './store-copies.ts';
import { takeCopies } from './take-copies.ts';
import type { DatabaseCopies } from './take-copies.ts';
import { openWorkFolder, requireSpaceForCopies } from './work-folder.ts';
import { writeArchive } from './write-archive.ts';

export interface BackupProgress {
  readonly step: 'copying the databases' | 'writing the file' | 'reading it back';
  /** From 0 to 1, where it is known. */
  readonly share?: number;
}

export interface BackupOptions {
  readonly config: Config;
  /** The PATH variable. */
  readonly path: string | undefined;
  /** Where the backup goes; it must not exist yet. */
  readonly file: string;
  readonly withSecretKey: boolean;
  readonly onProgress: (progress: BackupProgress) => void;
  readonly signal: AbortSignal;
}

export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly takenAt: string;
  readonly files: number;
  readonly secretKey: BackupHeader['secretKey'];
  /** Whether the installation went on working meanwhile. */
  readonly whileRunning: boolean;
}

/**
 * Writes everything that the data folder must have to go on from this instant into one file, whether Gangway runs or not.
 * The file gets its name only after it was read back and every hash was found right. Throws a BackupError.
 */
export async function makeBackup(options: BackupOptions): Promise<BackupReport> {
  const folder = requireOwnInstallation(options.config, options.path);
  const file = resolve(options.file);
  if (existsSync(file)) throw new BackupError('FILE_EXISTS', `The file ${file} exists: name another one.`);
  requireSpaceForCopies(folder);
  const work = openWorkFolder(folder);
  try {
    // While nobody runs it, nobody shall start it either.
    const lock = takeFolderLock(folder.run);
    const whileRunning = 'heldBy' in lock;
    try {
      const copies = await copyDatabases(options, folder, work.path, whileRunning);
      return { ...(await write(options, folder, copies, file)), whileRunning };
    } finally {
      if (!whileRunning) lock.release();
    }
  } finally {
    work.remove();
  }
}

async function copyDatabases(
  { config, onProgress }: BackupOptions,
  folder: DataFolder,
  workFolder: string,
  whileRunning: boolean,
): Promise<DatabaseCopies> {
  onProgress({ step: 'copying the databases' });
  const store = whileRunning ? await servedStore(config, folder) : await restingStore(folder);
  try {
    return await takeCopies(store, folder, workFolder);
  } finally {
    await store.close();
  }
}

async function write(
  options: BackupOptions,
  folder: DataFolder,
  copies: DatabaseCopies,
  file: string,
): Promise<Omit<BackupReport, 'whileRunning'>> {
  const { signal, onProgress } = options;
  const secretKey = whereSecretKeyIs(options, folder);
  const header = {
    gangwayBackup: FORMAT,
    version: packageVersion,
    node: process.versions.node,
    takenAt: copies.takenAt,
    secretKey,
  };
  const files = filesOf(folder, copies, secretKey === 'included');
  const totalBytes = files.reduce((sum, { path }) => sum + sizeOf(path), 0);
  const partial = `${file}.partial`;
  try {
    rmSync(partial, { force: true });
    let bytes = 0;
    const onBytes = (count: number): void =>
      onProgress({ step: 'writing the file', share: (bytes += count) / totalBytes });
    await writeArchive(partial, header, files, { signal, onBytes });
    const onRead = (share: number): void => onProgress({ step: 'reading it back', share });
    const back = await readArchive(partial, { signal, onRead, keep: readOnly });
    await rename(partial, file);
    await flushFolder(dirname(file));
    return { file, bytes: sizeOf(file), takenAt: copies.takenAt, files: back.files.length, secretKey };
  } catch (error) {
    rmSync(partial, { force: true });
    throw explain(error, file);
  }
}

function whereSecretKeyIs(
  { config, withSecretKey }: BackupOptions,
  folder: DataFolder,
): BackupHeader['secretKey'] {
  if (!existsSync(join(folder.root, PARTS.secretKey)) || config.secretKey !== undefined) return 'elsewhere';
  return withSecretKey ? 'included' : 'left_out';
}

/** What Temporal and the store refer to comes after them: a file that was added in between does no harm, a missing one would. */
function filesOf(folder: DataFolder, copies: DatabaseCopies, withSecretKey: boolean): readonly KeptFile[] {
  const below = (name: string): string => join(folder.root, name);
  return [
    { name: PARTS.temporal, path: copies.temporal },
    { name: PARTS.store, path: copies.store },
    ...(withSecretKey ? [{ name: PARTS.secretKey, path: below(PARTS.secretKey) }] : []),
    ...archiveFiles(below(PARTS.archives), PARTS.archives),
    ...filesIn(below(PARTS.outbox), PARTS.outbox),
  ];
}

async function readOnly(_name: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function explain(error: unknown, file: string): unknown {
  const { code } = systemError(error) ?? {};
  if (code === undefined || error instanceof BackupError) return error;
  return new BackupError(
    code === 'ENOSPC' ? 'NO_SPACE' : 'FILE_UNUSABLE',
    `The backup ${file} cannot be written (${code}): name a place that has room and that you may write to.`,
    { cause: error },
  );
}
