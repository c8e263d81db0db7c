import type { Connection } from 'mongoose';
import { openCollection, type StoredDocument } from '../collection.ts';
import { fromStored, INSTALLATION } from '../stored.ts';
import type { ChangedPage } from './migration.ts';

/** What the database knows of a migration that was begun. */
export interface MigrationRecord {
  readonly id: string;
  readonly description: string;
  readonly checksum: string;
  readonly state: 'running' | 'applied';
  /** The release that worked on it last. */
  readonly release: string;
  /** Of the lease it is carried out under. */
  readonly fence: number;
  /** The last document of the last page that was done. */
  readonly cursor?: string;
  /** Documents that were changed. */
  readonly changed: number;
  readonly startedAtMs: number;
  readonly appliedAtMs?: number;
  /** Time spent on it, without what lay between one process and the next. */
  readonly durationMs: number;
}

export type MigrationStart = Pick<
  MigrationRecord,
  'id' | 'description' | 'checksum' | 'release' | 'fence' | 'startedAtMs'
>;

export interface DonePage extends ChangedPage {
  readonly tookMs: number;
  readonly atMs: number;
}

/** What was applied to this database. Each write is refused to a process whose lease somebody else has by now. */
export interface MigrationLog {
  list(): Promise<readonly MigrationRecord[]>;
  /** Writes that it was begun, or takes over one that was not finished. `undefined`: the lease is lost. */
  begin(start: MigrationStart): Promise<MigrationRecord | undefined>;
  /** With the last page the migration is applied. `undefined`: the lease is lost. */
  recordPage(record: MigrationRecord, page: DonePage): Promise<MigrationRecord | undefined>;
}

type MigrationDocument = StoredDocument & Omit<MigrationRecord, 'id'>;

/** Far more than there will ever be. */
const MOST = 10_000;

const restore = (document: MigrationDocument): MigrationRecord => fromStored(document, ['orgId']);

export function createMigrationLog(connection: Connection): MigrationLog {
  const collection = openCollection<MigrationDocument>(connection, {
    name: 'migrations',
    fields: {
      description: 'string',
      checksum: 'string',
      state: 'string',
      release: 'string',
      fence: 'number',
      cursor: 'string?',
      changed: 'number',
      startedAtMs: 'number',
      appliedAtMs: 'number?',
      durationMs: 'number',
    },
    indexes: [],
  });

  async function change(
    { id, fence }: MigrationRecord,
    changes: Parameters<typeof collection.changeOne>[1],
  ): Promise<MigrationRecord | undefined> {
    const changed = await collection.changeOne({ _id: id, orgId: INSTALLATION, fence }, changes);
    return changed && restore(changed);
  }

  return {
    async list() {
      return (await collection.find({ orgId: INSTALLATION }, { _id: 1 }, MOST)).map(restore);
    },
    async begin({ id, ...start }) {
      const fresh = { ...start, state: 'running', changed: 0, durationMs: 0 } as const;
      if ((await collection.insert({ _id: id, orgId: INSTALLATION, ...fresh })) === 'inserted')
        return { id, ...fresh };
      const found = await collection.findOne({ _id: id, orgId: INSTALLATION });
      return found === undefined || found.fence > start.fence
        ? undefined
        : change(restore(found), { set: { fence: start.fence, release: start.release } });
    },
    recordPage: (record, { changed, tookMs, atMs, next }) =>
      change(record, {
        increment: { changed, durationMs: tookMs },
        ...(next === undefined
          ? { set: { state: 'applied', appliedAtMs: atMs }, unset: ['cursor'] }
          : { set: { cursor: next } }),
      }),
  };
}
