import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { StagedRow } from '../../../shared/domain/imports/import-row.ts';
import { createFakeDesk } from '../../support/imports.ts';
import { DRIED, importActivities, LAUNCHED, stagedImport } from '../../support/staged-import.ts';
import { openTestRepositories, type TestRepositories } from '../../support/test-repositories.ts';

let repositories: TestRepositories;
let others: TestRepositories;
beforeAll(async () => {
  [repositories, others] = [await openTestRepositories(), await openTestRepositories()];
});
afterAll(async () => {
  await repositories.close();
  await others.close();
});

const HOUR = 3_600_000;
const numbersOf = (desk: ReturnType<typeof createFakeDesk>) => desk.jobs.map(({ numbers }) => numbers);
const onTargets = (targets: string) => ({ values: ['Ada', 'Byron', '', '', targets] });
const quotas = (directory: number, branch = 1_000) => ({
  targetQuotas: {
    directory: { addresses: directory, perHours: 24 },
    branch: { addresses: branch, perHours: 12 },
  },
});

test('only rows that make an address take tokens; those around them go along in their order', async () => {
  const rowOf = (number: number): Partial<StagedRow> =>
    number % 2 === 0 ? DRIED : { dryRun: { status: 'updated' } };
  const staged = await stagedImport(repositories, {
    ...{ rows: 12, rowOf, overrides: LAUNCHED, organisation: quotas(3) },
  });
  const desk = createFakeDesk();
  const activities = importActivities({ repositories, desk, nowMs: () => 1_000 });
  expect(await activities.carryOutSlice(staged.run)).toEqual({ kind: 'wait', untilMs: 1_000 + 24 * HOUR });
  expect(numbersOf(desk)).toEqual([[1, 2, 3, 4, 5, 6, 7]]);
  expect((await staged.now()).waiting).toEqual({
    ...{ untilMs: 1_000 + 24 * HOUR, for: 'quota', target: 'directory' },
    limit: { most: 3, periodMs: 24 * HOUR },
  });
});

test('a row takes one token for each target it names, and what one target has is kept for others where another has none', async () => {
  const rowOf = (number: number) => ({ ...DRIED, ...onTargets(number > 2 ? 'directory; branch' : 'branch') });
  const staged = await stagedImport(repositories, {
    ...{ rows: 8, rowOf, overrides: LAUNCHED, organisation: quotas(10, 4) },
  });
  const desk = createFakeDesk();
  const activities = importActivities({ repositories, desk });
  expect(await activities.carryOutSlice(staged.run)).toEqual({ kind: 'wait', untilMs: 12 * HOUR });
  expect(numbersOf(desk)).toEqual([[1, 2, 3, 4]]);
  // Two of ten were used of the directory, though six were asked for.
  const { orgId } = staged;
  const limit = { most: 10, periodMs: 24 * HOUR };
  const wish = { key: 'somebody', wanted: 20, nowMs: 5 };
  expect(await repositories.quotas.take({ orgId, target: 'directory' }, wish, limit)).toMatchObject({
    granted: 8,
  });
});

test('a token comes back a day after its row was done, not after it was asked for', async () => {
  let nowMs = 1_000;
  const staged = await stagedImport(repositories, {
    ...{ rows: 4, rowOf: () => DRIED, overrides: LAUNCHED, organisation: quotas(3) },
  });
  const desk = createFakeDesk();
  desk.before = () => {
    nowMs += 90_000;
  };
  const activities = importActivities({ repositories, desk, nowMs: () => nowMs });
  expect(await activities.carryOutSlice(staged.run)).toEqual({ kind: 'wait', untilMs: 91_000 + 24 * HOUR });
});

test('a dry run takes none, and neither does a target without a quota', async () => {
  const organisation = { targetQuotas: { branch: { addresses: 1, perHours: 24 } } };
  const dry = await stagedImport(repositories, { rows: 10, rowOf: () => onTargets('branch'), organisation });
  const activities = importActivities({ repositories });
  expect(await activities.carryOutSlice(dry.dryRun())).toEqual({ kind: 'ended', state: 'ready' });
  const run = await stagedImport(repositories, {
    rows: 10,
    rowOf: () => DRIED,
    organisation,
    overrides: LAUNCHED,
  });
  expect(await activities.carryOutSlice(run.run)).toEqual({ kind: 'ended', state: 'finished' });
});

test('two imports of an organisation share the quota of a target, and each has its own rate', async () => {
  const first = await stagedImport(repositories, {
    ...{
      rows: 6,
      rowOf: () => DRIED,
      organisation: quotas(8),
      overrides: { ...LAUNCHED, rate: { rows: 5, perHours: 1 } },
    },
  });
  const desk = createFakeDesk();
  const activities = importActivities({ repositories, desk });
  expect(await activities.carryOutSlice(first.run)).toEqual({ kind: 'wait', untilMs: HOUR });
  expect((await first.now()).waiting).toMatchObject({ untilMs: HOUR, for: 'rate' });
  const limit = { most: 8, periodMs: 24 * HOUR };
  const wish = { key: 'another import', wanted: 8, nowMs: 0 };
  const { orgId } = first;
  expect(await repositories.quotas.take({ orgId, target: 'directory' }, wish, limit)).toEqual({
    ...{ granted: 3, nextAtMs: 24 * HOUR },
  });
});

test('of many who ask at once, over several connections, only as many get a token as there are', async () => {
  const staged = await stagedImport(repositories, { rows: 1 });
  const quota = { orgId: staged.orgId, target: 'directory' };
  const limit = { most: 50, periodMs: HOUR };
  const asked = Array.from({ length: 60 }, (_, at) =>
    (at % 2 === 0 ? repositories : others).quotas.take(
      quota,
      { key: `k${at % 40}`, wanted: 2, nowMs: 1 },
      limit,
    ),
  );
  await Promise.all(asked);
  const stored = await repositories.database.connection
    .collection<{ grants: { key: string; count: number }[] }>('import_quotas')
    .findOne({ orgId: staged.orgId });
  const counts = stored!.grants.map(({ count }) => count);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50);
  expect(new Set(stored!.grants.map(({ key }) => key)).size).toBe(25);
});
