import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RowResult, StagedRow } from '../../../shared/domain/imports/import-row.ts';
import { NO_ROWS } from '../../../shared/domain/imports/people-import.ts';
import { aPass, createFakeDesk } from '../../support/imports.ts';
import {
  aMixedDesk as aDesk,
  DRIED,
  importActivities,
  judgeMixed as judge,
  LAUNCHED,
  stagedImport,
  untilItRests,
} from '../../support/staged-import.ts';
import { openTestRepositories, type TestRepositories } from '../../support/test-repositories.ts';

let repositories: TestRepositories;
beforeAll(async () => {
  repositories = await openTestRepositories();
});
afterAll(() => repositories.close());

describe('a pass', () => {
  test('goes through all rows in their order, counts them, and shows a dry run', async () => {
    const desk = aDesk();
    const staged = await stagedImport(repositories, { rows: 450 });
    const activities = importActivities({ repositories, desk, nowMs: () => 77 });
    const outcome = await untilItRests(() => activities.carryOutSlice(staged.dryRun()));
    expect(outcome).toEqual({ kind: 'ended', state: 'ready' });
    expect(desk.jobs.flatMap(({ numbers }) => numbers)).toEqual(
      Array.from({ length: 450 }, (_, at) => at + 1),
    );
    expect(desk.jobs.every(({ mode, isRepeated }) => mode === 'dry_run' && !isRepeated)).toBe(true);
    expect(desk.forgotten).toEqual([staged.id]);
    const { dryRun, state, unheard } = await staged.now();
    expect([state, unheard]).toEqual(['ready', false]);
    expect(dryRun).toMatchObject({ pages: 3, rows: 450, endedAtMs: 77 });
    expect(dryRun?.counts).toEqual({
      ...{ created: 374, updated: 0, unchanged: 63, departures: 0, failed: 13, warned: 9 },
    });
    for (const { number, dryRun: said } of await staged.rows())
      expect(said).toEqual(judge({ number } as StagedRow));
  });

  test('of the run drops a password with the result of its row, and begins with what the dry run left', async () => {
    const password = { hash: '$argon2id$x' };
    const desk = createFakeDesk();
    const staged = await stagedImport(repositories, {
      ...{ rows: 3, rowOf: () => ({ ...DRIED, password }), overrides: LAUNCHED },
    });
    let seen: unknown;
    desk.before = ({ rows }) => void (seen = rows[0]?.password);
    const activities = importActivities({ repositories, desk });
    expect(await activities.carryOutSlice(staged.run)).toEqual({ kind: 'ended', state: 'finished' });
    expect(seen).toEqual(password);
    for (const row of await staged.rows()) {
      expect(row).not.toHaveProperty('password');
      expect(row).toMatchObject({ ...DRIED, result: { status: 'created' } });
    }
    expect(desk.forgotten).toEqual([]);
  });

  test('begins anew as a second dry run, without what the first one said', async () => {
    const desk = createFakeDesk();
    const staged = await stagedImport(repositories, { rows: 250 });
    const activities = importActivities({ repositories, desk });
    desk.judge = () => ({ status: 'failed' });
    expect(await activities.carryOutSlice(staged.dryRun(1))).toEqual({ kind: 'ended', state: 'stopped' });
    await staged.change({ state: 'dry_run', stopped: undefined, dryRun: aPass(2), unheard: true });
    desk.judge = () => ({ status: 'created' });
    // The first one, that was late, leaves the second one alone.
    expect(await activities.carryOutSlice(staged.dryRun(1))).toEqual({ kind: 'ended', state: 'stopped' });
    expect((await staged.now()).unheard).toBe(true);
    expect(await activities.carryOutSlice(staged.dryRun(2))).toEqual({ kind: 'ended', state: 'ready' });
    expect((await staged.now()).dryRun?.counts).toEqual({ ...NO_ROWS, created: 250 });
    expect(desk.jobs.slice(-2).map(({ isRepeated }) => isRepeated)).toEqual([false, false]);
  });
});

describe('what somebody decides meanwhile', () => {
  test('counts before the next page: a pause, a resume, an abort', async () => {
    const desk = aDesk();
    const staged = await stagedImport(repositories, { rows: 600 });
    const activities = importActivities({ repositories, desk });
    desk.before = () => staged.change({ paused: { by: 'own_hr', atMs: 1 }, unheard: true });
    expect(await activities.carryOutSlice(staged.dryRun())).toEqual({ kind: 'paused' });
    expect(await staged.now()).toMatchObject({ unheard: false, dryRun: { pages: 1 } });

    await staged.change({ paused: undefined, unheard: true });
    desk.before = () =>
      staged.change({ state: 'stopped', stopped: { kind: 'ABORTED', atMs: 1 }, unheard: true });
    expect(await activities.carryOutSlice(staged.dryRun())).toEqual({ kind: 'ended', state: 'stopped' });
    // What was under way when it was aborted is done, and counts.
    expect((await staged.now()).dryRun).toMatchObject({ pages: 2, rows: 400, endedAtMs: 0 });
    expect(desk.forgotten).toEqual([staged.id]);
    await activities.carryOutSlice(staged.dryRun());
    expect([desk.jobs.length, desk.forgotten.length]).toEqual([2, 1]);
  });

  test('a cancelled workflow stops it where it stands, once, and gives its names back', async () => {
    const desk = aDesk();
    const staged = await stagedImport(repositories, { rows: 600 });
    const activities = importActivities({ repositories, desk });
    desk.before = () => staged.change({ paused: { by: 'own_hr', atMs: 1 } });
    await activities.carryOutSlice(staged.dryRun());
    expect(await activities.endPass(staged.dryRun())).toEqual({ state: 'stopped' });
    expect(await activities.endPass(staged.dryRun())).toEqual({ state: 'stopped' });
    expect(await staged.now()).toMatchObject({
      ...{ state: 'stopped', stopped: { kind: 'CANCELLED' }, dryRun: { rows: 200, endedAtMs: 0 } },
    });
    expect((await staged.now()).paused).toBeUndefined();
    expect(desk.forgotten).toEqual([staged.id]);
  });
});

test('of an import that was removed nothing is left to do', async () => {
  const staged = await stagedImport(repositories, { rows: 1 });
  await repositories.imports.remove(staged.orgId, staged.id);
  const activities = importActivities({ repositories });
  await activities.stageUpload(staged.dryRun());
  expect(await activities.carryOutSlice(staged.dryRun())).toEqual({ kind: 'ended', state: 'stopped' });
  expect(await activities.endPass(staged.dryRun())).toEqual({ state: 'stopped' });
});

describe('too many rows that fail', () => {
  const failing = (upTo: number) =>
    Object.assign(createFakeDesk(), {
      judge: ({ number }: StagedRow): RowResult => ({ status: number <= upTo ? 'failed' : 'created' }),
    });

  test('stop a dry run at its end, so that all is known; exactly the share does not', async () => {
    for (const [count, state] of [
      [101, 'stopped'],
      [100, 'ready'],
    ] as const) {
      const desk = failing(count);
      const staged = await stagedImport(repositories, { rows: 500 });
      const activities = importActivities({ repositories, desk });
      expect(await activities.carryOutSlice(staged.dryRun())).toEqual({ kind: 'ended', state });
      expect((await staged.now()).dryRun).toMatchObject({ rows: 500, counts: { failed: count } });
      expect((await staged.now()).stopped?.kind).toBe(state === 'stopped' ? 'TOO_MANY_INVALID' : undefined);
      expect(desk.forgotten).toEqual([staged.id]);
    }
  });

  test('stop the run as soon as they are more than the share of all rows', async () => {
    const staged = await stagedImport(repositories, { rows: 900, rowOf: () => DRIED, overrides: LAUNCHED });
    const desk = failing(900);
    const activities = importActivities({ repositories, desk });
    expect(await activities.carryOutSlice(staged.run)).toEqual({ kind: 'ended', state: 'stopped' });
    // The next ones were taken in while the first one was carried out.
    expect(desk.jobs.map(({ numbers }) => numbers.length)).toEqual([200, 400]);
    expect(await staged.now()).toMatchObject({ stopped: { kind: 'TOO_MANY_INVALID' }, run: { rows: 600 } });
  });
});
