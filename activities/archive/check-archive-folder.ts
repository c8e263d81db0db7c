import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unlessMissing } from '../../shared/platform/files/durable-file.ts';
import type { ArchiveCheck, ArchivedMessage } from '../ports/archive-store.ts';
import {
  archiveHash,
  MANIFEST_FILE,
  parseManifest,
  sha256Of,
} from '../../shared/platform/archive/archive-manifest.ts';

interface PartCheck {
  readonly messages: readonly ArchivedMessage[];
  /** Relative to the case's folder. */
  readonly damaged: readonly string[];
}

/**
 * Reads every file of every recorded part again. Damaged is: a manifest that is missing or not the recorded one, a file that
 * is missing or changed, and a file nobody listed. A part that is not on record (its run died before) does not count.
 */
export async function checkArchiveFolder(
  folder: string,
  caseId: string,
  expected: Readonly<Record<string, string>>,
  onProgress: (done: number) => void,
): Promise<ArchiveCheck> {
  const damaged = await looseFilesIn(folder);
  const messageIds = new Set<string>();
  let [bytes, done] = [0, 0];
  for (const [part, manifestSha256] of Object.entries(expected)) {
    const checked = await checkPart(join(folder, part), caseId, part, manifestSha256, () =>
      onProgress((done += 1)),
    );
    damaged.push(...checked.damaged);
    for (const message of checked.messages) {
      messageIds.add(message.id);
      bytes += message.sizeBytes;
    }
  }
  if (damaged.length > 0) return { kind: 'damaged', files: damaged.sort() };
  return { kind: 'intact', messageIds, bytes, sha256: archiveHash(expected) };
}

/** A case's folder holds parts, which are folders. */
async function looseFilesIn(folder: string): Promise<string[]> {
  const entries = (await unlessMissing(readdir(folder, { withFileTypes: true }))) ?? [];
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
}

async function checkPart(
  folder: string,
  caseId: string,
  part: string,
  manifestSha256: string,
  onFile: () => void,
): Promise<PartCheck> {
  const broken: PartCheck = { messages: [], damaged: [`${part}/${MANIFEST_FILE}`] };
  const manifestBytes = await unlessMissing(readFile(join(folder, MANIFEST_FILE)));
  if (manifestBytes === undefined || sha256Of(manifestBytes) !== manifestSha256) return broken;
  const manifest = parseManifest(manifestBytes, caseId, part);
  if (manifest === undefined) return broken;

  const damaged: string[] = [];
  for (const message of manifest.messages) {
    const found = await unlessMissing(hashFile(join(folder, message.file)));
    if (found?.sha256 !== message.sha256 || found.sizeBytes !== message.sizeBytes)
      damaged.push(`${part}/${message.file}`);
    onFile();
  }
  const listed = new Set([MANIFEST_FILE, ...manifest.messages.map(({ file }) => file)]);
  const entries = await readdir(folder, { withFileTypes: true });
  const unlisted = entries
    .filter((entry) => !entry.isFile() || !listed.has(entry.name))
    .map((entry) => `${part}/${entry.name}`);
  return { messages: manifest.messages, damaged: [...new Set([...damaged, ...unlisted])] };
}

async function hashFile(path: string): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
  });
  return { sha256: hash.digest('hex'), sizeBytes };
}
