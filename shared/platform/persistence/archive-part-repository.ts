import type { Connection } from 'mongoose';
import { above, atMost, openCollection, type Changes, type StoredDocument } from './collection.ts';

/** What the database knows of one part of an archive: enough to see that a file was changed or is missing. */
export interface ArchivePartRecord {
  readonly orgId: string;
  readonly caseId: string;
  readonly part: string;
  /** Of a further target, as its steps name it; absent for the person's first account. */
  readonly target?: string;
  readonly manifestSha256: string;
  readonly messageCount: number;
  readonly bytes: number;
  /** End of the retention; set when the account is deleted. */
  readonly expiresAtMs?: number;
  /** Its destruction was begun, and proven. */
  readonly destroyingAtMs?: number;
  readonly destroyedAtMs?: number;
}

export interface ArchivePartRepository {
  /** Writes once and gives what is stored; the caller compares when the part was recorded before. */
  record(part: ArchivePartRecord): Promise<ArchivePartRecord>;
  /** By name of the part. */
  listByCase(orgId: string, caseId: string): Promise<readonly ArchivePartRecord[]>;
  /** Every part of a case is kept until then. */
  setExpiry(orgId: string, caseId: string, expiresAtMs: number): Promise<void>;
  /** Parts of every organisation whose retention is over and that are not destroyed, by id. */
  listExpired(
    asOfMs: number,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly (ArchivePartRecord & { readonly id: string })[]>;
  noteDestruction(orgId: string, caseId: string, what: 'begun' | 'proven', atMs: number): Promise<void>;
  /** By case, from the one after `after`; all parts of up to `limit` cases. */
  listByOrganisation(
    orgId: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly (readonly ArchivePartRecord[])[]>;
  ensureIndexes(): Promise<void>;
}

type ArchivePartDocument = StoredDocument & ArchivePartRecord;

const MOST_OF_A_CASE = 1_000;

function restore(document: ArchivePartDocument): ArchivePartRecord {
  const { _id: _, ...record } = document;
  return record;
}

function byCase(parts: readonly ArchivePartRecord[]): readonly (readonly ArchivePartRecord[])[] {
  const cases: ArchivePartRecord[][] = [];
  for (const part of parts) {
    const last = cases.at(-1);
    if (last?.[0]?.caseId === part.caseId) last.push(part);
    else cases.push([part]);
  }
  return cases;
}

export function createArchivePartRepository(connection: Connection): ArchivePartRepository {
  const collection = openCollection<ArchivePartDocument>(connection, {
    name: 'archiveParts',
    fields: {
      caseId: 'string',
      part: 'string',
      target: 'string?',
      manifestSha256: 'string',
      messageCount: 'number',
      bytes: 'number',
      expiresAtMs: 'number?',
      destroyingAtMs: 'number?',
      destroyedAtMs: 'number?',
    },
    indexes: [
      { orgId: 1, caseId: 1, part: 1 },
      // Across organisations: whatever has expired.
      { expiresAtMs: 1 },
    ],
  });
  async function changeAll(orgId: string, caseId: string, changes: Changes): Promise<void> {
    const parts = await collection.find({ orgId, caseId }, { part: 1 }, MOST_OF_A_CASE);
    for (const { _id } of parts) await collection.changeOne({ _id, orgId }, changes);
  }

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
    setExpiry: (orgId, caseId, expiresAtMs) => changeAll(orgId, caseId, { set: { expiresAtMs } }),
    async listExpired(asOfMs, { after, limit }) {
      const range = after === undefined ? {} : { _id: above(after) };
      const found = await collection.find({ expiresAtMs: atMost(asOfMs), ...range }, { _id: 1 }, limit);
      return found.map((document) => ({ ...restore(document), id: document._id }));
    },
    noteDestruction: (orgId, caseId, what, atMs) =>
      changeAll(
        orgId,
        caseId,
        what === 'begun'
          ? { set: { destroyingAtMs: atMs } }
          : { set: { destroyedAtMs: atMs }, unset: ['expiresAtMs'] },
      ),
    async listByOrganisation(orgId, { after, limit }) {
      const listed: (readonly ArchivePartRecord[])[] = [];
      for (let range = after === undefined ? {} : { caseId: above(after) }; ;) {
        const found = await collection.find({ orgId, ...range }, { caseId: 1, part: 1 }, MOST_OF_A_CASE);
        const isEnd = found.length < MOST_OF_A_CASE;
        const cases = byCase(found.map(restore));
        // The last case may go on beyond what was read.
        listed.push(...(isEnd || cases.length === 1 ? cases : cases.slice(0, -1)));
        const last = listed.at(-1)?.[0];
        if (isEnd || last === undefined || listed.length >= limit) return listed.slice(0, limit);
        range = { caseId: above(last.caseId) };
      }
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}
