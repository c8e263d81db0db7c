import yauzl, { type Entry } from 'yauzl';
import { WORKBOOK_LIMITS } from '../../../domain/imports/import-limits.ts';
import { ImportFileError } from '../import-file-error.ts';

/** The parts of a workbook: files of XML in a zip archive (ECMA-376, part 2). */
export interface WorkbookPackage {
  has(name: string): boolean;
  /** Text of a part, piece by piece. `IMPORT_NOT_XLSX` where it is missing or damaged. */
  read(name: string): AsyncGenerator<string>;
  /** The same of one that is kept in memory as a whole. */
  readSmall(name: string): AsyncGenerator<string>;
  close(): void;
}

/**
 * Opens the archive and looks at what it says of its entries before any is unpacked. An entry that lies is cut off where it was
 * said to end.
 */
export async function openPackage(path: string): Promise<WorkbookPackage> {
  const zip = await yauzl.openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw translated(error);
  });
  try {
    const entries = await readEntries(zip.eachEntry());
    const read = async function* (name: string, mostBytes: number): AsyncGenerator<string> {
      const entry = entries.get(name);
      if (entry?.canDecodeFileData() !== true) throw new ImportFileError('IMPORT_NOT_XLSX');
      if (entry.uncompressedSize > mostBytes) throw new ImportFileError('IMPORT_UNPACKS_TOO_LARGE');
      try {
        yield* decoded(await zip.openReadStreamPromise(entry));
      } catch (error) {
        throw translated(error);
      }
    };
    return {
      has: (name) => entries.has(name),
      read: (name) => read(name, WORKBOOK_LIMITS.unpackedBytes),
      readSmall: (name) => read(name, WORKBOOK_LIMITS.smallPartBytes),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw translated(error);
  }
}

async function readEntries(entries: AsyncIterable<Entry>): Promise<ReadonlyMap<string, Entry>> {
  const byName = new Map<string, Entry>();
  let count = 0;
  let unpackedBytes = 0;
  for await (const entry of entries) {
    byName.set(entry.fileName, entry);
    count += 1;
    unpackedBytes += entry.uncompressedSize;
    const isDense =
      entry.uncompressedSize > WORKBOOK_LIMITS.smallEntryBytes &&
      entry.uncompressedSize > entry.compressedSize * WORKBOOK_LIMITS.ratio;
    if (isDense || count > WORKBOOK_LIMITS.entries || unpackedBytes > WORKBOOK_LIMITS.unpackedBytes)
      throw new ImportFileError('IMPORT_UNPACKS_TOO_LARGE');
  }
  return byName;
}

async function* decoded(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of stream) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function translated(error: unknown): unknown {
  if (error instanceof ImportFileError) return error;
  if (typeof error === 'object' && error !== null) {
    // Of the disk, not of the file.
    if ('syscall' in error) return error;
    // The library has no codes, only these words.
    if ('message' in error && String(error.message).startsWith('too many bytes in the stream'))
      return new ImportFileError('IMPORT_UNPACKS_TOO_LARGE');
  }
  return new ImportFileError('IMPORT_NOT_XLSX');
}
