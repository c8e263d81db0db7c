import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DATABASE_FAILURES } from '../../../shared/errors/start/database-failures.ts';
import { ALL_MIGRATIONS } from '../../../shared/platform/persistence/migrations/all-migrations.ts';
import { createMigrator } from '../../../shared/platform/persistence/migrations/create-migrator.ts';
import { takeLease, USUAL_LEASE } from '../../../shared/platform/persistence/migrations/migration-lease.ts';
import { startStore } from '../../../standalone/store/start-store.ts';
import { freshDatabaseUri, openDatabase } from '../fresh-database.ts';
import { freePort } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { startLyingDatabase } from '../lying-database.ts';
import type { Command, Lie } from '../lying-database.ts';
import { startOldDatabase } from '../old-database.ts';
import { testVariable } from '../temporal.ts';
import { main, toldBy } from './provocation.ts';
import type { Provocation, Told } from './provocation.ts';

/** A start that needs no server of its own, on this database. */
function on(installation: Installation, uri: string): Promise<Told> {
  return main(installation, {
    TEMPORAL_ADDRESS: testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS'),
    MONGODB_URI: uri,
  });
}

function changed(uri: string, change: (url: URL) => void): string {
  const url = new URL(uri);
  change(url);
  return url.href;
}

/** On the database of this run, behind somebody who changes its answers. */
function lying(lie: Lie): Provocation {
  return async (installation, after) => {
    const database = await startLyingDatabase(testVariable('GANGWAY_TEST_MONGODB_URI'), lie);
    after(database.close);
    return on(installation, database.uri);
  };
}

function increments(asked: Command, field: string): boolean {
  return asked['findAndModify'] === 'probes' && JSON.stringify(asked['update']).includes(`"${field}"`);
}

const A_RUN = { holder: 'a test', release: '9.9.9', onProgress: () => undefined };

/** On a database that another release has brought up to its date. */
function migratedBy({ id }: { readonly id: string }): Provocation {
  return async (installation) => {
    const uri = freshDatabaseUri();
    const database = await openDatabase(uri);
    const changePage = () => Promise.resolve({ changed: 0 });
    const migration = { id, description: 'Of another release.', checksum: 'another', changePage };
    await createMigrator(database, [migration]).run(A_RUN);
    await database.close();
    return on(installation, uri);
  };
}

export const DATABASE_PROVOCATIONS: Readonly<Record<keyof typeof DATABASE_FAILURES, Provocation>> = {
  STORE_UNREACHABLE: async (installation) =>
    on(installation, `mongodb://127.0.0.1:${await freePort()}/gangway`),
  DATABASE_ADDRESS_INVALID: (installation) =>
    on(
      installation,
      changed(testVariable('GANGWAY_TEST_MONGODB_URI'), ({ searchParams }) =>
        searchParams.set('nonsense', '1'),
      ),
    ),
  DATABASE_SIGN_IN_REFUSED: (installation) =>
    on(
      installation,
      changed(testVariable('GANGWAY_TEST_MONGODB_URI'), (url) => (url.password = 'not-the-secret-of-it')),
    ),
  DATABASE_FORBIDS: (installation) => {
    const { host } = new URL(testVariable('GANGWAY_TEST_MONGODB_URI'));
    return on(installation, `mongodb://${host}/gangway?directConnection=true`);
  },
  DATABASE_TOO_OLD: async (installation, after) => {
    const { address, close } = await startOldDatabase();
    after(close);
    return on(installation, `mongodb://${address}/gangway?directConnection=true`);
  },
  COMPARE_AND_SET_LOST: lying((asked, truth) =>
    increments(asked, 'rev')
      ? { ...truth, value: { _id: 'x', orgId: 'installation', rev: 1, count: 0 } }
      : truth,
  ),
  INCREMENTS_LOST: lying((asked, truth) =>
    asked['find'] === 'probes' && truth['cursor'] !== undefined ? oneLess(truth) : truth,
  ),
  DUPLICATE_ACCEPTED: lying((asked, truth) => {
    if (asked['insert'] !== 'probes') return truth;
    const { writeErrors: _hidden, ...rest } = truth;
    return { ...rest, n: 1 };
  }),
  DATABASE_NEWER: migratedBy({ id: '9999-of-a-later-release' }),
  MIGRATION_CHANGED: migratedBy({ id: ALL_MIGRATIONS[0]?.id ?? '' }),
  MIGRATION_BUSY: async (installation, after) => {
    const uri = freshDatabaseUri();
    const database = await openDatabase(uri);
    after(() => database.close());
    const patience = { ...USUAL_LEASE, pollMs: 20, giveUpAfterMs: 100 };
    const wait = { patience, onWait: () => undefined };
    await takeLease(database.connection, 'another process', wait);
    // With its usual patience a start would wait for half an hour.
    const waiting = createMigrator(database).run({ ...A_RUN, patience });
    return toldBy(await waiting.catch((error: unknown) => error));
  },
  STORE_FOLDER_IN_USE: async (installation, after) => {
    const folder = join(installation.dataFolder, 'store');
    const store = await startStore({ folder, port: 0, secret: 'as long as this test' });
    after(() => store.close());
    return main(installation);
  },
  STORE_DAMAGED: (installation) => {
    const folder = join(installation.dataFolder, 'store', 'data');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'data.mdb'), Buffer.alloc(20_000, 7));
    return main(installation);
  },
  STORE_IS_EMBEDDED: (installation) => {
    mkdirSync(join(installation.dataFolder, 'store', 'data'), { recursive: true });
    return main(installation, { GANGWAY_DOWNLOADS: 'mongod' });
  },
  MONGOD_MISSING: (installation) => {
    mkdirSync(join(installation.dataFolder, 'mongod', 'journal'), { recursive: true });
    return main(installation);
  },
  MONGOD_DOWNLOAD_FAILED: async (installation) =>
    main(installation, {
      GANGWAY_CACHE: join(installation.dataFolder, '..', 'empty-cache'),
      GANGWAY_DOWNLOADS: 'mongod',
      TEMPORAL_ADDRESS: testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS'),
      // The library's own download, sent to where nobody listens.
      MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${await freePort()}`,
    }),
};

/** The document as it was before the last increment. */
function oneLess(truth: Command): Command {
  const cursor = truth['cursor'] as { readonly firstBatch: readonly Command[] };
  const firstBatch = cursor.firstBatch.map((found) => ({
    ...found,
    count: Math.max(0, Number(found['count']) - 1),
  }));
  return { ...truth, cursor: { ...cursor, firstBatch } };
}
