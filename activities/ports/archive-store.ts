import type { ArchivedMessage } from '../../shared/platform/archive/archive-manifest.ts';

export type { ArchivedMessage } from '../../shared/platform/archive/archive-manifest.ts';

/** What one run of archiving added. Parts are append-only; a part without its manifest does not count. */
export interface ArchivePart {
  readonly name: string;
  readonly messages: readonly ArchivedMessage[];
  /** Of the manifest file's bytes. */
  readonly manifestSha256: string;
}

export type ArchiveCheck =
  | {
      readonly kind: 'intact';
      readonly messageIds: ReadonlySet<string>;
      readonly bytes: number;
      readonly sha256: string;
    }
  | { readonly kind: 'damaged'; readonly files: readonly string[] };

/** A message to archive: its bytes are fetched one at a time. */
export interface MessageSource {
  readonly id: string;
  readonly folder: string;
  readonly receivedAtMs: number;
  read(): Promise<Uint8Array>;
}

/**
 * Files of leavers: one `.eml` per message and a manifest with sha256 per part, each flushed to disk, read back and hashed
 * before it counts. Writing the same part again (after a crash) replaces what has no manifest and keeps what has one.
 */
export interface ArchiveStore {
  writePart(
    caseId: string,
    part: string,
    messages: AsyncIterable<MessageSource>,
    onProgress: (done: number) => void,
  ): Promise<ArchivePart>;
  /** Reads every file of every part again. `expected`: manifest hashes on record, by part name. */
  check(
    caseId: string,
    expected: Readonly<Record<string, string>>,
    onProgress: (done: number) => void,
  ): Promise<ArchiveCheck>;
  /** Removes everything of a case, and looks that nothing is left. A second time changes nothing. */
  destroy(caseId: string): Promise<void>;
  /** A file beside the mail (`contacts.vcf`), flushed; one of that name is replaced. Read it back to know that it is there. */
  writeExport(caseId: string, name: string, bytes: Uint8Array): Promise<void>;
  readExport(caseId: string, name: string): Promise<Uint8Array | undefined>;
}

/** The archive could not be written, or what was written did not read back the same. Trying again may help. */
export class ArchiveFailed extends Error {
  override readonly name = 'ArchiveFailed';
}
