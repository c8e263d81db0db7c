import { StartError } from '../../../errors/start/start-error.ts';
import type { Database } from '../connect.ts';
import { translatingErrors } from '../store-unavailable.ts';
import { ALL_MIGRATIONS, type ListedMigration } from './all-migrations.ts';
import { takeLease, USUAL_LEASE, type Lease, type LeasePatience } from './migration-lease.ts';
import { createMigrationLog, type MigrationLog, type MigrationRecord } from './migration-log.ts';

export interface MigrationRun {
  /** For those who wait meanwhile: which process this is. */
  readonly holder: string;
  /** The release that runs. */
  readonly release: string;
  /** Told, in a sentence, what is being done or waited for: before every page, and often while waiting. */
  readonly onProgress: (sentence: string) => void;
  readonly wallClock?: () => number;
  readonly patience?: Partial<LeasePatience>;
}

/** Brings a database up to date with this release. Methods throw `StartError` and `StoreUnavailable`. */
export interface Migrator {
  /** What `run` would do, in its order. */
  pending(): Promise<readonly ListedMigration[]>;
  /**
   * Returns when everything is applied, by this process or by another, and gives what this one did. One process works at a
   * time; one that dies is followed by another, which goes on after the last page that was recorded.
   */
  run(options: MigrationRun): Promise<readonly MigrationRecord[]>;
}

export function createMigrator(
  database: Database,
  migrations: readonly ListedMigration[] = ALL_MIGRATIONS,
): Migrator {
  const log = createMigrationLog(database.connection);
  const pending = async (): Promise<readonly ListedMigration[]> => pendingOf(migrations, await log.list());

  async function run(options: MigrationRun): Promise<readonly MigrationRecord[]> {
    const done: MigrationRecord[] = [];
    while ((await pending()).length > 0) {
      const lease = await takeLease(database.connection, options.holder, {
        patience: { ...USUAL_LEASE, ...options.patience },
        onWait: (other) =>
          options.onProgress(`Waiting for another process (${other}) that brings the database up to date.`),
      });
      try {
        for (const migration of await pending()) {
          const record = await apply(migration, { database, log, lease }, options);
          // Whoever has the lease by now goes on with it.
          if (record === undefined) break;
          done.push(record);
        }
      } finally {
        await lease.release();
      }
    }
    return done;
  }

  return translatingErrors<Migrator>({ pending, run });
}

interface Work {
  readonly database: Database;
  readonly log: MigrationLog;
  readonly lease: Lease;
}

/** `undefined` when the lease was lost on the way. */
async function apply(
  migration: ListedMigration,
  { database, log, lease }: Work,
  { release, onProgress, wallClock = Date.now }: MigrationRun,
): Promise<MigrationRecord | undefined> {
  const { id, description, checksum } = migration;
  const start = { id, description, checksum, release, fence: lease.fence, startedAtMs: wallClock() };
  let record = await log.begin(start);
  while (record?.state === 'running') {
    if (!(await lease.renew())) return undefined;
    onProgress(`Bringing the database up to date: ${id}, ${record.changed} documents changed so far.`);
    const beganAt = performance.now();
    const page = await migration.changePage(database, record.cursor, wallClock());
    const tookMs = Math.round(performance.now() - beganAt);
    record = await log.recordPage(record, { ...page, tookMs, atMs: wallClock() });
  }
  return record;
}

/** Throws when the database was changed by something this release does not have. */
function pendingOf(
  migrations: readonly ListedMigration[],
  records: readonly MigrationRecord[],
): readonly ListedMigration[] {
  const known = new Map(migrations.map((migration) => [migration.id, migration]));
  for (const record of records) {
    const migration = known.get(record.id);
    const { id, release } = record;
    if (migration === undefined) throw StartError.of('DATABASE_NEWER', { migration: id, release });
    if (migration.checksum !== record.checksum)
      throw StartError.of('MIGRATION_CHANGED', { migration: id, release });
  }
  const applied = new Set(records.filter(({ state }) => state === 'applied').map(({ id }) => id));
  return migrations.filter(({ id }) => !applied.has(id));
}
