import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { unlessMissing } from '../files/durable-file.ts';
import {
  MANIFEST_FILE,
  parseManifest,
  sha256Of,
  type ArchivedMessage,
  type ArchiveManifest,
} from './archive-manifest.ts';

/** One part as the database recorded it. */
export interface RecordedPart {
  readonly caseId: string;
  readonly part: string;
  readonly manifestSha256: string;
}

/** Reads archives and writes none. `undefined` wherever a file is missing or is not the recorded one. */
export interface ArchiveReader {
  manifest(of: RecordedPart): Promise<ArchiveManifest | undefined>;
  /** The bytes of one message, hashed before the first of them is given. */
  open(of: RecordedPart, message: ArchivedMessage): Promise<Readable | undefined>;
}

export function createArchiveReader(rootFolder: string): ArchiveReader {
  const folderOf = ({ caseId, part }: RecordedPart) => join(rootFolder, safeName(caseId), safeName(part));
  return {
    async manifest(of) {
      const bytes = await unlessMissing(readFile(join(folderOf(of), MANIFEST_FILE)));
      if (bytes === undefined || sha256Of(bytes) !== of.manifestSha256) return undefined;
      return parseManifest(bytes, of.caseId, of.part);
    },
    async open(of, { file, sha256 }) {
      const path = join(folderOf(of), safeName(file));
      return (await unlessMissing(hashOf(path))) === sha256 ? createReadStream(path) : undefined;
    },
  };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Nothing in a name may lead elsewhere. */
function safeName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.@-]{0,150}$/u.test(name) || name.includes('..'))
    throw new TypeError('an archive has no such name');
  return name;
}
