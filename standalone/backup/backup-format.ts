import { z } from 'zod';
import { ARCHIVES_FOLDER } from '../../shared/platform/archive/archive-manifest.ts';
import { SECRET_KEY } from '../host/data-folder.ts';

/*
 * A backup is one gzipped tar: the header first, so that a file from a newer Gangway is refused before anything of it is
 * unpacked; then the parts, under the names they have in a data folder; and the manifest with their hashes last, so that a
 * file that was cut off cannot pass for a backup.
 */
export const FORMAT = 1;
export const HEADER_FILE = 'gangway-backup.json';
export const MANIFEST_FILE = 'manifest.json';

/** Names in the archive and in a data folder alike. */
export const PARTS = {
  temporal: 'temporal.db',
  store: 'store/data/data.mdb',
  secretKey: SECRET_KEY,
  archives: ARCHIVES_FOLDER,
  outbox: 'outbox',
} as const;

export const headerSchema = z.object({
  gangwayBackup: z.number().int(),
  /** Of the Gangway that made it. */
  version: z.string(),
  node: z.string(),
  /** Everything acknowledged before this instant is in it. */
  takenAt: z.iso.datetime(),
  /** `elsewhere`: it was never in the data folder. */
  secretKey: z.enum(['included', 'left_out', 'elsewhere']),
});
export type BackupHeader = z.output<typeof headerSchema>;

const recordSchema = z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() });
export type FileRecord = z.output<typeof recordSchema>;
export const manifestSchema = z.object({ files: z.array(recordSchema) });

const WHOLE_NAMES: ReadonlySet<string> = new Set([HEADER_FILE, PARTS.temporal, PARTS.store, PARTS.secretKey]);
const NAMES_BELOW = /^(archives|outbox)(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/u;

/** Whether a backup may hold a file of this name: nothing that leads out of the folder, nothing that Gangway does not know. */
export function isPartName(name: string): boolean {
  return WHOLE_NAMES.has(name) || NAMES_BELOW.test(name);
}
