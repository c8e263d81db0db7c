import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { Entry, Extract } from 'tar-stream';
import type { z } from 'zod';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { packageVersion } from '../../shared/platform/config/package-version.ts';
import { systemError } from '../../shared/platform/files/durable-file.ts';
import { isNewEnough } from '../../shared/platform/temporal/server-version.ts';
import { BackupError } from './backup-error.ts';
import {
  FORMAT,
  HEADER_FILE,
  headerSchema,
  isPartName,
  MANIFEST_FILE,
  manifestSchema,
} from './backup-format.ts';
import type { BackupHeader, FileRecord } from './backup-format.ts';
import { seen } from './seen.ts';

export interface ReadOptions {
  readonly signal: AbortSignal;
  /** Told which share of the file was read, from 0 to 1. */
  readonly onRead: (share: number) => void;
  /** Takes one part. What it takes counts only once everything was read and its hashes were found right. */
  readonly keep: (name: string, pieces: AsyncIterable<Buffer>) => Promise<void>;
}

export interface ReadBackup {
  readonly header: BackupHeader;
  /** The parts. */
  readonly files: readonly FileRecord[];
}

/**
 * Reads a backup to its end and compares every hash. Throws a BackupError when it is not one, is not whole, or was made by a
 * newer Gangway.
 */
export async function readArchive(file: string, options: ReadOptions): Promise<ReadBackup> {
  const archive = extract();
  const { signal } = options;
  try {
    const { size } = await stat(file);
    let bytes = 0;
    const source = seen(createReadStream(file), ({ length }) => options.onRead((bytes += length) / size));
    const fed = pipeline(source, createGunzip(), archive, { signal });
    const [backup] = await Promise.all([readEntries(archive, options), fed]);
    return backup;
  } catch (error) {
    throw explain(error, file);
  }
}

async function readEntries(archive: Extract, options: ReadOptions): Promise<ReadBackup> {
  const files = new Map<string, FileRecord>();
  let header: BackupHeader | undefined;
  let manifest: readonly FileRecord[] | undefined;
  for await (const entry of archive) {
    const { name, type } = entry.header;
    if (manifest !== undefined || type !== 'file')
      throw new Damage('it holds something that does not belong there');
    if (name === MANIFEST_FILE) {
      manifest = parse(manifestSchema, await textOf(entry)).files;
    } else if (header === undefined) {
      const text = await textOf(entry);
      header = readHeader(name, text);
      files.set(name, { name, bytes: Buffer.byteLength(text), sha256: sha256(text) });
    } else {
      if (!isPartName(name) || files.has(name))
        throw new Damage('it holds something that does not belong there');
      files.set(name, await readPart(entry, options));
    }
  }
  if (header === undefined || manifest === undefined) throw new Damage('its end is missing');
  compare(manifest, files);
  return { header, files: manifest.filter(({ name }) => name !== HEADER_FILE) };
}

async function readPart(entry: Entry, { keep }: ReadOptions): Promise<FileRecord> {
  const hash = createHash('sha256');
  let bytes = 0;
  const { name } = entry.header;
  const pieces = seen(entry, (piece) => {
    hash.update(piece);
    bytes += piece.length;
  });
  await keep(name, pieces);
  return { name, bytes, sha256: hash.digest('hex') };
}

function readHeader(name: string, text: string): BackupHeader {
  if (name !== HEADER_FILE) throw new Damage('it does not begin as one');
  const header = parse(headerSchema, text);
  if (header.gangwayBackup > FORMAT || !isNewEnough(packageVersion, header.version)) {
    throw new BackupError(
      'BACKUP_NEWER',
      `The backup was made by Gangway ${header.version}, but this is ${packageVersion}: update Gangway before you restore it.`,
    );
  }
  return header;
}

function compare(manifest: readonly FileRecord[], files: ReadonlyMap<string, FileRecord>): void {
  if (manifest.length !== files.size) throw new Damage('it does not hold the files of its own list');
  for (const { name, bytes, sha256: expected } of manifest) {
    const found = files.get(name);
    if (found?.bytes !== bytes || found.sha256 !== expected) throw new Damage(`${name} was changed`);
  }
}

async function textOf(entry: Entry): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of entry) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

function parse<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Damage('a part of it is not readable', { cause: error });
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What is wrong with the file, as the end of a sentence. */
class Damage extends Error {
  override readonly name = 'Damage';
}

function explain(error: unknown, file: string): unknown {
  if (error instanceof BackupError) return error;
  const { code } = systemError(error) ?? {};
  if (code !== undefined)
    return new BackupError('FILE_UNUSABLE', `The file ${file} cannot be read (${code}).`, { cause: error });
  const reason = error instanceof Damage ? error.message : 'it cannot be unpacked';
  if (!(error instanceof Damage) && !isOfUnpacking(error)) return error;
  return new BackupError(
    'BACKUP_DAMAGED',
    `The file ${file} is no whole backup of Gangway (${reason}): do not rely on it.`,
    { cause: error },
  );
}

/** zlib's errors have a code; those of the tar library are plain. Does not ask for the class: see `errorCode`. */
function isOfUnpacking(error: unknown): boolean {
  const isPlain = typeof error === 'object' && error !== null && 'name' in error && error.name === 'Error';
  return errorCode(error)?.startsWith('Z_') === true || isPlain;
}
