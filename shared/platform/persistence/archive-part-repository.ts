import type { Connection } from 'mongoose';
import { openCollection, type StoredDocument } from './collection.ts';

/** What the database knows of one part of an archive: enough to see that a file was changed or is missing. */
interface ArchivePartRecord {
  readonly orgId: string;
  readonly caseId: string;
  readonly part: string;
  readonly manifestSha256: string;
  readonly messageCount: number;
  readonly bytes: number;
}

export interface ArchivePartRepository {
  /** Writes once and gives what is stored; the caller compares when the part was recorded before. */
  record(part: ArchivePartRecord): Promise<ArchivePartRecord>;
  /** By name of the part. */
  listByCase(orgId: string, caseId: string): Promise<readonly ArchivePartRecord[]>;
  ensureIndexes(): Promise<void>;
}

type ArchivePartDocument = StoredDocument & ArchivePartRecord;

const MOST_OF_A_CASE = 1_000;

function restore(document: ArchivePartDocument): ArchivePartRecord {
  const { orgId, caseId, part, manifestSha256, messageCount, bytes } = document;
  return { orgId, caseId, part, manifestSha256, messageCount, bytes };
}

export function createArchivePartRepository(connection: Connection): ArchivePartRepository {
  const collection = openCollection<ArchivePartDocument>(connection, {
    name: 'archiveParts',
    fields: {
      caseId: 'string',
      part: 'string',
      manifestSha256: 'string',
      messageCount: 'number',
      bytes: 'number',
    },
    indexes: [{ orgId: 1, caseId: 1, part: 1 }],
  });
  return {
    async record(part) {
      const id = `arc:${part.caseId}:${part.part}`;
      if ((await collection.insert({ ...part, _id: id })) === 'inserted') return part;
      const found = await collection.findOne({ _id: id, orgId: part.orgId });
      if (found === undefined) throw new Error(`archive part ${id} belongs to another organisation`);
      return restore(found);
    },
    async listByCase(orgId, caseId) {
      const found = await collection.find({ orgId, caseId }, { part: 1 }, MOST_OF_A_CASE);
      return found.map(restore);
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
