import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../../shared/platform/persistence/connect.ts';
import type { ListedMigration } from '../../../shared/platform/persistence/migrations/all-migrations.ts';
import {
  createMigrator,
  type MigrationRun,
} from '../../../shared/platform/persistence/migrations/create-migrator.ts';
import { createMigrationLog } from '../../../shared/platform/persistence/migrations/migration-log.ts';
import { freshDatabaseUri, openDatabase } from '../../support/fresh-database.ts';
import { eventually } from '../../support/installation.ts';

let one: Database;
let other: Database;

beforeEach(async () => {
  const uri = freshDatabaseUri();
  one = await openDatabase(uri);
  other = await openDatabase(uri);
});
afterEach(async () => {
  await one.close();
  await other.close();
});

const PATIENCE = { expiresAfterMs: 300, pollMs: 20, giveUpAfterMs: 10_000 };

function aRun(holder: string, more: Partial<MigrationRun> = {}): MigrationRun {
  return { holder, release: '9.9.9', onProgress: () => undefined, patience: PATIENCE, ...more };
}

/** Has as many pages as told, and notes which ones were asked for. */
function aMigration(
  id: string,
  pages: number,
  more: Partial<ListedMigration> = {},
): ListedMigration & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    id,
    description: 'A migration for a test.',
    checksum: `sum of ${id}`,
    asked,
    changePage: (_database, after = '0') => {
      asked.push(after);
      const page = Number(after) + 1;
      return Promise.resolve({ changed: 2, ...(page === pages ? {} : { next: String(page) }) });
    },
    ...more,
  };
}

const recordsOf = (database: Database) => createMigrationLog(database.connection).list();

test('applies what is missing in order, once, and keeps by whom, when and how much', async () => {
  const migrations = [aMigration('0001-a', 3), aMigration('0002-b', 1)];
  const migrator = createMigrator(one, migrations);
  expect(await migrator.pending()).toEqual(migrations);
  const done = await migrator.run(aRun('one', { wallClock: () => 77 }));
  expect(done.map(({ id, changed }) => [id, changed])).toEqual([
    ['0001-a', 6],
    ['0002-b', 2],
  ]);
  expect(migrations.map(({ asked }) => asked)).toEqual([['0', '1', '2'], ['0']]);
  expect(await recordsOf(other)).toEqual(done);
  expect(done[0]).toMatchObject({
    state: 'applied',
    release: '9.9.9',
    checksum: 'sum of 0001-a',
    startedAtMs: 77,
    appliedAtMs: 77,
  });
  expect(done[0]?.durationMs).toBeGreaterThanOrEqual(0);
  expect(await createMigrator(other, migrations).pending()).toEqual([]);
  expect(await createMigrator(other, migrations).run(aRun('other'))).toEqual([]);
  expect(migrations.flatMap(({ asked }) => asked)).toHaveLength(4);
});

test('runs once when five processes start at the same moment, and every one of them waits for it', async () => {
  const migrations = [aMigration('0001-a', 4), aMigration('0002-b', 4)];
  const databases = [one, other, one, other, one];
  const runs = databases.map((database, index) =>
    createMigrator(database, migrations).run(aRun(`process ${index}`)),
  );
  const done = await Promise.all(runs);
  expect(done.flat()).toHaveLength(2);
  expect(migrations.map(({ asked }) => asked)).toEqual([
    ['0', '1', '2', '3'],
    ['0', '1', '2', '3'],
  ]);
});

describe('a process that stands still in the middle of a page', () => {
  let wake: () => void;
  let stood: ListedMigration;

  beforeEach(() => {
    const still = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let held = false;
    const steady = aMigration('0001-a', 3);
    stood = {
      ...steady,
      async changePage(database, after, nowMs) {
        if (after === '1' && !held) {
          held = true;
          await still;
        }
        return steady.changePage(database, after, nowMs);
      },
    };
  });

  test('is followed by another, which goes on after the last page on record and is told apart from it', async () => {
    const first = createMigrator(one, [stood]).run(aRun('the first'));
    await eventually(async () => (await recordsOf(one)).some(({ cursor }) => cursor === '1'));
    const waits: string[] = [];
    const done = await createMigrator(other, [stood]).run(
      aRun('the second', { onProgress: (sentence) => waits.push(sentence) }),
    );
    expect(waits[0]).toBe('Waiting for another process (the first) that brings the database up to date.');
    expect(done.map(({ changed, fence }) => [changed, fence])).toEqual([[6, 2]]);
    wake();
    // What it did of the page is done twice; it is neither counted nor recorded a second time.
    expect(await first).toEqual([]);
    expect(await recordsOf(one)).toEqual(done);
  });

  test('makes another give up only when that has waited long enough', async () => {
    const first = createMigrator(one, [stood]).run(aRun('the first'));
    await eventually(async () => (await recordsOf(one)).some(({ cursor }) => cursor === '1'));
    const patience = { expiresAfterMs: 60_000, pollMs: 20, giveUpAfterMs: 200 };
    const second = createMigrator(other, [stood]).run(aRun('the second', { patience }));
    await expect(second).rejects.toMatchObject({
      name: 'StartError',
      code: 'MIGRATION_BUSY',
      message: expect.stringContaining('(the first)'),
    });
    wake();
    expect(await first).toHaveLength(1);
  });
});

test('a lease that is renewed does not expire, however long the work takes', async () => {
  const steady = aMigration('0001-a', 5);
  const slow: ListedMigration = {
    ...steady,
    async changePage(...page) {
      await sleep(PATIENCE.expiresAfterMs * 0.6);
      return steady.changePage(...page);
    },
  };
  const first = createMigrator(one, [slow]).run(aRun('the first'));
  await eventually(async () => (await recordsOf(one)).length === 1);
  expect(await createMigrator(other, [slow]).run(aRun('the second'))).toEqual([]);
  expect(await first).toHaveLength(1);
  expect(steady.asked).toEqual(['0', '1', '2', '3', '4']);
});

test('a migration that fails keeps what it did, gives the lease back and goes on at the next start', async () => {
  const steady = aMigration('0001-a', 3);
  const unlucky: ListedMigration = {
    ...steady,
    changePage: (database, after, nowMs) =>
      after === '2'
        ? Promise.reject(new Error('a document nobody foresaw'))
        : steady.changePage(database, after, nowMs),
  };
  await expect(createMigrator(one, [unlucky]).run(aRun('the first'))).rejects.toThrow('nobody foresaw');
  const startedAt = performance.now();
  const done = await createMigrator(other, [steady]).run(aRun('the second'));
  expect(performance.now() - startedAt).toBeLessThan(PATIENCE.expiresAfterMs);
  expect(done).toMatchObject([{ changed: 6 }]);
  expect(steady.asked).toEqual(['0', '1', '2']);
});

describe('is refused', () => {
  test('when a migration is not the one that was applied', async () => {
    await createMigrator(one, [aMigration('0001-a', 1), aMigration('0002-b', 1)]).run(aRun('one'));
    const tampered = [aMigration('0001-a', 1), aMigration('0002-b', 1, { checksum: 'another sum' })];
    await expect(createMigrator(other, tampered).run(aRun('other'))).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
      message:
        'The migration 0002-b was changed after release 9.9.9 applied it to this database: start a release as it was published.',
    });
    await expect(createMigrator(other, tampered).pending()).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
    });
  });

  test('when a newer release has changed the database, also if that did not come to its end', async () => {
    const newer = [aMigration('0001-a', 1), aMigration('0007-g', 1)];
    newer[1]!.changePage = () => Promise.reject(new Error('the power failed'));
    await expect(createMigrator(one, newer).run(aRun('one'))).rejects.toThrow('the power failed');
    await expect(createMigrator(other, [aMigration('0001-a', 1)]).run(aRun('other'))).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      message: expect.stringContaining('0007-g, by 9.9.9'),
    });
  });
});
