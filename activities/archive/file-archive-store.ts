import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  flushFolder,
  unlessMissing,
  makeFolderDurably,
  systemError,
  writeDurably,
} from '../../shared/platform/files/durable-file.ts';
import { ArchiveFailed } from '../ports/archive-store.ts';
import type { ArchivedMessage, ArchivePart, ArchiveStore, MessageSource } from '../ports/archive-store.ts';
import {
  EXPORTS_FOLDER,
  MANIFEST_FILE,
  messageFileName,
  parseManifest,
  sha256Of,
  writeManifest,
} from '../../shared/platform/archive/archive-manifest.ts';
import { checkArchiveFolder } from './check-archive-folder.ts';

/**
 * Archives in a folder of the disk: `<root>/<caseId>/<part>/NNNNNN.eml` and `manifest.json`, which is written last. One
 * message is in memory at a time. Everything is flushed, read back and hashed before it counts.
 */
export function createFileArchiveStore(rootFolder: string): ArchiveStore {
  return {
    writePart: (caseId, part, messages, onProgress) =>
      asArchiveFailure(async () => {
        const folder = join(rootFolder, safeName(caseId), safeName(part));
        return (
          (await finishedPart(folder, caseId, part)) ??
          (await writeNewPart(folder, caseId, part, messages, onProgress))
        );
      }),
    check: (caseId, expected, onProgress) =>
      asArchiveFailure(() => {
        Object.keys(expected).forEach(safeName);
        return checkArchiveFolder(join(rootFolder, safeName(caseId)), caseId, expected, onProgress);
      }),
    destroy: (caseId) =>
      asArchiveFailure(() => destroyFolder(rootFolder, join(rootFolder, safeName(caseId)))),
    writeExport: (caseId, name, bytes) =>
      asArchiveFailure(async () => {
        const folder = join(rootFolder, safeName(caseId), EXPORTS_FOLDER);
        const file = join(folder, exportName(name));
        await makeFolderDurably(folder);
        await writeDurably(file, bytes);
      }),
    readExport: (caseId, name) =>
      asArchiveFailure(() =>
        unlessMissing(readFile(join(rootFolder, safeName(caseId), EXPORTS_FOLDER, exportName(name)))),
      ),
  };
}

async function destroyFolder(root: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const left = await unlessMissing(readdir(folder));
  if (left !== undefined) throw new ArchiveFailed('an archive is still there after it was removed');
  await makeFolderDurably(root);
  await flushFolder(root);
}

/** A part that has its manifest is finished, whatever happened after. */
async function finishedPart(folder: string, caseId: string, part: string): Promise<ArchivePart | undefined> {
  const bytes = await unlessMissing(readFile(join(folder, MANIFEST_FILE)));
  if (bytes === undefined) return undefined;
  const manifest = parseManifest(bytes, caseId, part);
  if (manifest === undefined) throw new ArchiveFailed(`the manifest of ${caseId}/${part} cannot be read`);
  return { name: part, messages: manifest.messages, manifestSha256: sha256Of(bytes) };
}

async function writeNewPart(
  folder: string,
  caseId: string,
  part: string,
  messages: AsyncIterable<MessageSource>,
  onProgress: (done: number) => void,
): Promise<ArchivePart> {
  await rm(folder, { recursive: true, force: true });
  await makeFolderDurably(folder);
  const archived: ArchivedMessage[] = [];
  for await (const message of messages) {
    archived.push(await writeMessage(folder, messageFileName(archived.length + 1), message));
    onProgress(archived.length);
  }
  const manifest = writeManifest({ version: 1, caseId, part, messages: archived });
  const onDisk = await writeDurably(join(folder, MANIFEST_FILE), manifest);
  if (!onDisk.equals(manifest))
    throw new ArchiveFailed(`the manifest of ${caseId}/${part} did not read back`);
  await flushFolder(dirname(folder));
  return { name: part, messages: archived, manifestSha256: sha256Of(onDisk) };
}

async function writeMessage(folder: string, file: string, message: MessageSource): Promise<ArchivedMessage> {
  const bytes = await message.read();
  const sha256 = sha256Of(bytes);
  const onDisk = await writeDurably(join(folder, file), bytes);
  if (sha256Of(onDisk) !== sha256) throw new ArchiveFailed(`${file} did not read back as it was written`);
  const { id, folder: mailFolder, receivedAtMs } = message;
  return { id, folder: mailFolder, receivedAtMs, sizeBytes: bytes.byteLength, file, sha256 };
}

function exportName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,100}\.[a-z]{1,5}$/.test(name))
    throw new ArchiveFailed('an export cannot have this name');
  return name;
}

/** Case ids and part names become folder names: nothing in them may lead elsewhere. */
function safeName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,100}$/.test(name))
    throw new ArchiveFailed('a case id or part name cannot be a folder name');
  return name;
}

/** Errors of the file system keep their code; their text would show where the archive lies. */
async function asArchiveFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = systemError(error);
    if (refusal === undefined) throw error;
    throw new ArchiveFailed(`the archive's disk answered ${refusal.code} to ${refusal.syscall}`);
  }
}
