import { createHash } from 'node:crypto';
import { z } from 'zod';

/** One archived message. `sha256` is of the bytes in `file`, as read back from the disk. */
export interface ArchivedMessage {
  readonly id: string;
  readonly folder: string;
  readonly receivedAtMs: number;
  readonly sizeBytes: number;
  readonly file: string;
  readonly sha256: string;
}

/** Of the data folder: where all archives are. */
export const ARCHIVES_FOLDER = 'archives';
export const MANIFEST_FILE = 'manifest.json';
/** Beside the parts of an archive, whose check leaves it alone: each file is whole by itself. */
export const EXPORTS_FOLDER = 'exports';

/** The list of what a part holds. Its own hash is kept in the database, out of reach of whoever can write files. */
export interface ArchiveManifest {
  readonly version: 1;
  readonly caseId: string;
  readonly part: string;
  readonly messages: readonly ArchivedMessage[];
}

const schema = z.strictObject({
  version: z.literal(1),
  caseId: z.string(),
  part: z.string(),
  messages: z.array(
    z.strictObject({
      id: z.string(),
      folder: z.string(),
      receivedAtMs: z.number(),
      sizeBytes: z.number(),
      file: z.string().regex(/^\d{6,}\.eml$/),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export function messageFileName(index: number): string {
  return `${String(index).padStart(6, '0')}.eml`;
}

export function writeManifest(manifest: ArchiveManifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`, 'utf8');
}

/** `undefined` when the bytes are no manifest of this case and part. */
export function parseManifest(bytes: Uint8Array, caseId: string, part: string): ArchiveManifest | undefined {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(json);
  return parsed.success && parsed.data.caseId === caseId && parsed.data.part === part
    ? parsed.data
    : undefined;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** One hash for a whole archive: over the parts' names and manifest hashes, in the order of their names. */
export function archiveHash(manifestHashes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(manifestHashes).map(([part, sha256]) => `${part} ${sha256}\n`);
  return sha256Of(Buffer.from(lines.sort().join(''), 'utf8'));
}
