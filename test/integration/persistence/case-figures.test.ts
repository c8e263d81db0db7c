import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CASE_STATES } from '../../../shared/domain/case-states.ts';
import { createCaseFigures, type CaseFigures } from '../../../shared/platform/persistence/case-figures.ts';
import { connectDatabase, type Database } from '../../../shared/platform/persistence/connect.ts';
import {
  createRepositories,
  ensureIndexes,
  type Repositories,
} from '../../../shared/platform/persistence/create-repositories.ts';
import { aCase, freshOrgId } from '../../support/test-repositories.ts';
import { testVariable } from '../../support/test-variable.ts';

let database: Database;
let repositories: Repositories;
let figures: CaseFigures;

/** A database of its own: the figures are of the whole installation. */
beforeAll(async () => {
  const uri = new URL(testVariable('GANGWAY_TEST_MONGODB_URI'));
  uri.pathname = `/figures-${process.pid}`;
  database = await connectDatabase(uri.href);
  repositories = createRepositories(database);
  await ensureIndexes(repositories);
  figures = createCaseFigures(database.connection);
});
afterAll(() => database.close());

test('counts the cases of all organisations, each in its state', async () => {
  const { cases } = repositories;
  expect((await figures.countByState()).running).toBe(0);
  for (const state of ['running', 'running', 'completed'] as const)
    await cases.insert(aCase(freshOrgId(), { state, engine: 'started' }));
  const red = aCase(freshOrgId(), { state: 'needs_attention', needsAttention: true });
  await cases.insert(red);
  expect(await figures.countByState()).toEqual({
    ...Object.fromEntries(CASE_STATES.map((state) => [state, 0])),
    ...{ running: 2, completed: 1, needs_attention: 1 },
  });
  expect(await figures.countNeedingAttention()).toBe(1);
  expect(await figures.countNotStarted()).toBe(1);
  await cases.markStarted(red.orgId, red.id);
  expect(await figures.countNotStarted()).toBe(0);
});

test('lists the cases with an automatic step that is late, those with the oldest first', async () => {
  const { cases } = repositories;
  const due = async (automaticDueAtMs?: number): Promise<string> => {
    const record = aCase(freshOrgId(), automaticDueAtMs === undefined ? {} : { automaticDueAtMs });
    await cases.insert(record);
    return record.id;
  };
  const [late, later] = [await due(2_000), await due(1_000)];
  await due(2_001);
  await due();
  const found = (await figures.listLate(2_000, 10)) as readonly { readonly _id?: string }[];
  expect(found.map(({ _id }) => _id)).toEqual([later, late]);
  expect(await figures.listLate(2_000, 1)).toHaveLength(1);
});

test('forgets that something was due when the case no longer says so', async () => {
  const record = aCase(freshOrgId(), { automaticDueAtMs: 10 });
  await repositories.cases.insert(record);
  expect(await figures.listLate(10, 10)).toHaveLength(1);
  const { plan } = record;
  const paused = { sequence: 1, state: 'paused', needsAttention: false, plan, steps: [] } as const;
  await repositories.cases.project(record.orgId, record.id, paused);
  expect(await figures.listLate(10, 10)).toHaveLength(0);
});
