import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Writes a file that is there in full or not at all, also after a power cut: to a temporary name, flushed, then renamed, and
 * the folder flushed. Returns the bytes as read back. Replaces a file of that name.
 */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<Buffer> {
  await putDurably(path, (file) => file.writeFile(bytes));
  return readFile(path);
}

/** The same of what comes piece by piece, however much it is. Gives its length and its hash. */
export async function writePiecesDurably(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await putDurably(path, async (file) => {
    for await (const piece of pieces) {
      hash.update(piece);
      sizeBytes += piece.byteLength;
      await file.writeFile(piece);
    }
  });
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** Nothing is left of a file that could not be written to its end. */
async function putDurably(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await write(file);
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await flushFolder(dirname(path));
}

/** Makes a folder and its missing parents, each entry flushed to disk. Only the owner may look into them. */
export async function makeFolderDurably(path: string): Promise<void> {
  const wanted = resolve(path);
  const firstMade = await mkdir(wanted, { recursive: true, mode: 0o700 });
  if (firstMade === undefined) return;
  const top = dirname(firstMade);
  for (let folder = wanted; folder !== top; folder = dirname(folder)) await flushFolder(folder);
  await flushFolder(top);
}

export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Whether an error of the file system says that there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  const { code } = systemError(error) ?? {};
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** `undefined` where there is no such file or folder. */
export async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** What an error of the operating system says without naming a path; `undefined` for any other error. */
export function systemError(error: unknown): { readonly code: string; readonly syscall: string } | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error))
    return undefined;
  return { code: String(error.code), syscall: String(error.syscall) };
}
