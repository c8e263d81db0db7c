import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { above, below, openCollection, type StoredDocument } from './collection.ts';

/** Who did what, when. Append-only; outlives the account. */
export interface AuditEntry {
  readonly id: string;
  readonly orgId: string;
  readonly caseId?: string;
  readonly personId?: string;
  /** Owner of the key or session that acted. */
  readonly actorId: string;
  readonly action: string;
  readonly atMs: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditRepository {
  /** Writes once per id: a command that is repeated is entered once. */
  append(entry: AuditEntry): Promise<'appended' | 'already'>;
  /** The same of many. */
  appendMany(entries: readonly AuditEntry[]): Promise<void>;
  has(orgId: string, id: string): Promise<boolean>;
  /** Oldest first. `after`: the position of the last entry of the page before. */
  listByCase(
    orgId: string,
    caseId: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly (AuditEntry & { readonly position: string })[]>;
  /** What was done to a person of this kind, newest first. `after`: the position of the last entry of the page before. */
  listOfPerson(
    orgId: string,
    of: { readonly personId: string; readonly action: string },
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly (AuditEntry & { readonly position: string })[]>;
  ensureIndexes(): Promise<void>;
}

/** The id of an entry from what makes the action one, e.g. the case, the command and its idempotency key. */
export function auditId(orgId: string, ...parts: readonly string[]): string {
  return `aud:${createHash('sha256')
    .update(JSON.stringify([orgId, ...parts]))
    .digest('hex')}`;
}

type AuditDocument = StoredDocument & Omit<AuditEntry, 'id'> & { readonly position: string };

export function createAuditRepository(connection: Connection): AuditRepository {
  const collection = openCollection<AuditDocument>(connection, {
    name: 'audit',
    fields: {
      caseId: 'string?',
      personId: 'string?',
      actorId: 'string',
      action: 'string',
      atMs: 'number',
      detail: 'json',
      position: 'string',
    },
    indexes: [
      { orgId: 1, caseId: 1, position: 1 },
      { orgId: 1, personId: 1, position: 1 },
      { orgId: 1, personId: 1, action: 1, position: -1 },
    ],
  });
  return {
    async append(entry) {
      return (await collection.insert(documentOf(entry))) === 'inserted' ? 'appended' : 'already';
    },
    async appendMany(entries) {
      await collection.insertMany(entries.map(documentOf));
    },
    has: async (orgId, id) => (await collection.findOne({ _id: id, orgId })) !== undefined,
    async listByCase(orgId, caseId, page) {
      const range = page.after === undefined ? {} : { position: above(page.after) };
      const found = await collection.find({ orgId, caseId, ...range }, { position: 1 }, page.limit);
      return found.map(({ _id, ...fields }) => ({ id: _id, ...fields }));
    },
    async listOfPerson(orgId, { personId, action }, page) {
      const range = page.after === undefined ? {} : { position: below(page.after) };
      const found = await collection.find(
        { orgId, personId, action, ...range },
        { position: -1 },
        page.limit,
      );
      return found.map(({ _id, ...fields }) => ({ id: _id, ...fields }));
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}

function documentOf(entry: AuditEntry): AuditDocument {
  const { id, ...fields } = entry;
  return { ...fields, _id: id, position: positionOf(entry) };
}

/** Sorts by instant, then by id: one key for range pages. Instants have 13 digits until the year 2286. */
function positionOf(entry: AuditEntry): string {
  return `${String(entry.atMs).padStart(15, '0')}:${entry.id}`;
}
