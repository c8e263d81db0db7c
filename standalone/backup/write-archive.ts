import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Pack } from 'tar-stream';
import { unlessMissing } from '../../shared/platform/files/durable-file.ts';
import { HEADER_FILE, MANIFEST_FILE } from './backup-format.ts';
import type { BackupHeader, FileRecord } from './backup-format.ts';
import { seen } from './seen.ts';
import type { KeptFile } from './files-below.ts';

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** Called with every piece of a file, in bytes. */
  readonly onBytes: (count: number) => void;
}

/**
 * Writes a backup to a file that does not exist yet, readable by its owner only: header, files in their order, manifest.
 * Nothing is held in memory but names and hashes.
 */
export async function writeArchive(
  file: string,
  header: BackupHeader,
  files: readonly KeptFile[],
  options: WriteOptions,
): Promise<void> {
  const archive = pack();
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  const written = pipeline(archive, createGzip(), out, { signal: options.signal });
  await Promise.all([written, fill(archive, header, files, options)]);
}

async function fill(
  archive: Pack,
  header: BackupHeader,
  files: readonly KeptFile[],
  options: WriteOptions,
): Promise<void> {
  try {
    const records = [await addText(archive, HEADER_FILE, header)];
    for (const file of files) {
      options.signal.throwIfAborted();
      const record = await addFile(archive, file, options);
      if (record !== undefined) records.push(record);
    }
    await addText(archive, MANIFEST_FILE, { files: records });
    archive.finalize();
  } catch (error) {
    // What is written ends as well, instead of waiting for more.
    archive.destroy();
    throw error;
  }
}

async function addText(archive: Pack, name: string, content: object): Promise<FileRecord> {
  const bytes = Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
  return addEntry(archive, name, bytes.length, [bytes]);
}

/** Undefined when there is no such file any more: an archive whose retention ended was destroyed meanwhile. */
async function addFile(
  archive: Pack,
  { name, path }: KeptFile,
  { onBytes }: WriteOptions,
): Promise<FileRecord | undefined> {
  const file = await unlessMissing(open(path));
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    return await addEntry(
      archive,
      name,
      size,
      seen(file.createReadStream({ autoClose: false }), (piece) => onBytes(piece.length)),
    );
  } finally {
    await file.close();
  }
}

async function addEntry(
  archive: Pack,
  name: string,
  bytes: number,
  pieces: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<FileRecord> {
  const hash = createHash('sha256');
  const hashed = seen(pieces, (piece) => hash.update(piece));
  await pipeline(hashed, archive.entry({ name, size: bytes, mode: 0o600 }));
  return { name, bytes, sha256: hash.digest('hex') };
}
