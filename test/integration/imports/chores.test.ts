import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { tellImports } from '../../../activities/imports/tell-imports.ts';
import type { ImportEngine, PassRef } from '../../../shared/contract/import-engine.ts';
import type { PeopleImport } from '../../../shared/domain/imports/people-import.ts';
import { dyingProcess } from '../../support/dying-process.ts';
import { freshDatabaseUri } from '../../support/fresh-database.ts';
import { aPass, createFakeDesk, layUpload } from '../../support/imports.ts';
import { recordQueries } from '../../support/query-plans.ts';
import { importActivities, LAUNCHED, stagedImport, type StagedImport } from '../../support/staged-import.ts';
import { openTestRepositories, type TestRepositories } from '../../support/test-repositories.ts';

let repositories: TestRepositories;
let uploadsFolder = '';
beforeAll(async () => {
  // Of its own: chores look for what is due everywhere.
  repositories = await openTestRepositories(freshDatabaseUri());
});
afterAll(() => repositories.close());
beforeEach(() => {
  uploadsFolder = mkdtempSync(join(tmpdir(), 'gangway-uploads-'));
});
afterEach(() => rmSync(uploadsFolder, { recursive: true, force: true }));

const DAY = 24 * 3_600_000;
const LONG_AGO = -1_000 * DAY;

function anEngine(answer: Awaited<ReturnType<ImportEngine['tell']>>) {
  const told: PassRef[] = [];
  const engine: ImportEngine = {
    tell(pass) {
      told.push(pass);
      return Promise.resolve(answer);
    },
  };
  return { told, engine };
}

describe('imports whose workflow does not know something', () => {
  test('are told again, or started; an engine that is away is an error', async () => {
    const dry = await stagedImport(repositories, { rows: 1 });
    const run = await stagedImport(repositories, { rows: 1, overrides: LAUNCHED });
    const knowing = await stagedImport(repositories, { rows: 1, overrides: { unheard: false } });
    const { told, engine } = anEngine('told');
    await importActivities({ repositories, importEngine: engine }).tellImports();
    expect(told).toEqual(expect.arrayContaining([dry.dryRun(), run.run]));
    expect(told.some(({ importId }) => importId === knowing.id)).toBe(false);
    // Only its workflow says that it heard.
    expect((await dry.now()).unheard).toBe(true);
    const away = importActivities({ repositories, importEngine: anEngine('unavailable').engine });
    await expect(away.tellImports()).rejects.toThrow();
    for (const one of [dry, run]) await one.change({ unheard: false });
  });

  test('are stopped where somebody terminated the workflow, and give back the names of their dry run', async () => {
    const desk = createFakeDesk();
    const staged = await stagedImport(repositories, { rows: 1 });
    await importActivities({ repositories, desk, importEngine: anEngine('over').engine }).tellImports();
    expect(await staged.now()).toMatchObject({
      state: 'stopped',
      stopped: { kind: 'CANCELLED' },
      unheard: false,
    });
    expect(desk.forgotten).toEqual([staged.id]);
  });

  test('that are at rest are left as they are, and one that is over loses its upload', async () => {
    const ready = await stagedImport(repositories, { rows: 1, overrides: { state: 'ready' } });
    const stopped = await stagedImport(repositories, {
      ...{ rows: 1, overrides: { state: 'stopped', stopped: { kind: 'ABORTED', atMs: 1 } } },
    });
    const paths = await uploads([ready, stopped]);
    const { told, engine } = anEngine('told');
    await importActivities({ repositories, uploadsFolder, importEngine: engine }).tellImports();
    expect(told).toEqual([]);
    expect([(await ready.now()).state, (await ready.now()).unheard]).toEqual(['ready', false]);
    expect((await stopped.now()).unheard).toBe(false);
    expect(paths.map((path) => existsSync(path))).toEqual([true, false]);
  });
});

async function uploads(all: readonly StagedImport[]): Promise<readonly string[]> {
  return Promise.all(all.map(async (one) => layUpload(uploadsFolder, await one.now(), 'a,b\n')));
}

describe('imports that nobody launched', () => {
  const waiting = (state: PeopleImport['state'], createdAtMs: number) =>
    stagedImport(repositories, { rows: 1, overrides: { state, createdAtMs, unheard: false } });

  test('end after fourteen days, and their upload goes, whatever the worker dies of', async () => {
    const nowMs = LONG_AGO + 14 * DAY;
    const young = await waiting('mapped', LONG_AGO);
    for (const nth of [undefined, 1, 2]) {
      const old = await waiting('uploaded', LONG_AGO - 1);
      const shown = await waiting('ready', LONG_AGO - 1);
      const paths = await uploads([young, old, shown]);
      const chores = importActivities({ repositories, uploadsFolder, nowMs: () => nowMs });
      const process = dyingProcess(repositories.database.connection, ({ length }) => length === nth);
      await chores.tidyImports().catch(() => undefined);
      process.restart();
      expect(process.died).toBe(nth !== undefined);
      await chores.tellImports();
      await chores.tidyImports();
      expect(paths.map((path) => existsSync(path))).toEqual([true, false, false]);
      for (const one of [old, shown])
        expect(await one.now()).toMatchObject({
          state: 'stopped',
          stopped: { kind: 'EXPIRED' },
          unheard: false,
        });
      expect((await young.now()).state).toBe('mapped');
    }
  });

  test('are found by an index, as everything that is looked for every five minutes', async () => {
    const queries = recordQueries(repositories.database.connection);
    const chores = importActivities({ repositories, uploadsFolder, nowMs: () => LONG_AGO });
    queries.forget();
    await chores.tidyImports();
    await tellImports({ ...chorePorts(), repositories });
    const plans = await queries.plansFor('imports');
    expect(plans.map(({ index }) => index)).toEqual([
      expect.stringMatching(/^state_1/u),
      expect.stringMatching(/^rowsUntilMs_1/u),
      expect.stringMatching(/^unheard_1/u),
    ]);
  });
});

function chorePorts() {
  const nothing = (): void => undefined;
  return {
    ...{ desk: createFakeDesk(), uploadsFolder, importEngine: anEngine('told').engine, heartbeat: nothing },
    ...{ clock: { now: () => 0 }, log: { warn: nothing, error: nothing } },
  };
}

test('rows of an import go after ninety days, what it came to stays, and one at work is left alone', async () => {
  const over = await stagedImport(repositories, {
    ...{ rows: 450, overrides: { state: 'finished', run: aPass(1), unheard: false, rowsUntilMs: LONG_AGO } },
  });
  const atWork = await stagedImport(repositories, {
    ...{ rows: 5, overrides: { ...LAUNCHED, unheard: false, rowsUntilMs: LONG_AGO } },
  });
  const fresh = await stagedImport(repositories, {
    ...{ rows: 5, overrides: { state: 'finished', unheard: false, rowsUntilMs: LONG_AGO + 1 } },
  });
  const activities = importActivities({ repositories, uploadsFolder, nowMs: () => LONG_AGO });
  await activities.tidyImports();
  await activities.tidyImports();
  expect([(await over.rows()).length, (await atWork.rows()).length, (await fresh.rows()).length]).toEqual([
    0, 5, 5,
  ]);
  expect(await over.now()).toMatchObject({ state: 'finished', staged: { rows: 450 } });
  expect((await over.now()).rowsUntilMs).toBeUndefined();
  expect((await atWork.now()).rowsUntilMs).toBe(LONG_AGO + DAY);
});
