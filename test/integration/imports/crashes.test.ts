import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TargetUnavailable } from '../../../activities/ports/target-unavailable.ts';
import type { PassRef } from '../../../shared/contract/import-engine.ts';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import { dyingProcess } from '../../support/dying-process.ts';
import { aPass, type FakeDesk } from '../../support/imports.ts';
import {
  aMixedDesk as aDesk,
  DRIED,
  importActivities,
  judgeMixed as judge,
  LAUNCHED,
  stagedImport,
  untilItRests,
  type StagedImport,
} from '../../support/staged-import.ts';
import { openTestRepositories, type TestRepositories } from '../../support/test-repositories.ts';

let repositories: TestRepositories;
beforeAll(async () => {
  repositories = await openTestRepositories();
});
afterAll(() => repositories.close());

describe('a pass that dies after any of its writes', () => {
  /** Whatever was written when it died, the same activity is asked again. */
  async function through(pass: PassRef, desk: FakeDesk, nth?: number) {
    const process = dyingProcess(repositories.database.connection, ({ length }) => length === nth, [
      { name: 'desk', object: desk, calls: ['carryOut', 'forget'] },
    ]);
    const activities = importActivities({ repositories, desk, nowMs: () => 5 });
    try {
      await untilItRests(() => activities.carryOutSlice(pass));
    } catch {
      process.restart();
      await untilItRests(() => activities.carryOutSlice(pass));
    } finally {
      process.restart();
    }
    return process;
  }
  /** The dry run and the run, of which one dies after its n-th write. */
  async function live(
    staged: StagedImport,
    desk: FakeDesk,
    [dry, run]: readonly (number | undefined)[] = [],
  ) {
    const first = await through(staged.dryRun(), desk, dry);
    expect((await staged.now()).state).toBe('ready');
    await staged.change({ state: 'running', run: aPass(1), unheard: true });
    const second = await through(staged.run, desk, run);
    return { written: [first.written, second.written], died: [first.died, second.died] };
  }
  async function end(staged: StagedImport, desk: FakeDesk) {
    const { rev: _rev, id: _id, orgId: _org, seed: _seed, dryRun, run, ...rest } = await staged.now();
    const { pace: _dry, ...ofDryRun } = dryRun!;
    const { pace: _run, ...ofRun } = run!;
    return {
      rest,
      ofDryRun,
      ofRun,
      rows: await staged.rows(),
      made: [...desk.made.keys()].map((key) => key.split('.')[1]),
      tokens: await tokensOf(staged.orgId),
    };
  }

  /** How many were taken of each quota. */
  async function tokensOf(orgId: string): Promise<readonly number[]> {
    const quotas = repositories.database.connection.collection<{ grants: { count: number }[] }>(
      'import_quotas',
    );
    const found = await quotas.find({ orgId }).toArray();
    return found.map(({ grants }) => grants.reduce((sum, { count }) => sum + count, 0));
  }

  test('comes to the same end, the same counts, and makes nobody twice', async () => {
    const quota = { targetQuotas: { directory: { addresses: 1_000, perHours: 24 } } };
    const options = { rows: 250, organisation: quota, overrides: { rate: { rows: 1_000, perHours: 1 } } };
    const rowOf = (number: number) => ({ password: { hash: `hash ${number}` } });
    const desk = aDesk();
    const staged = await stagedImport(repositories, { ...options, rowOf });
    const { written } = await live(staged, desk);
    const undisturbed = await end(staged, desk);
    expect(undisturbed.rest.state).toBe('finished');
    const { created } = undisturbed.ofRun.counts;
    expect(undisturbed.tokens).toEqual([created, created]);
    let points = 0;
    for (const [which, ofPass] of written.entries())
      for (const [index, write] of ofPass.entries()) {
        const [own, other] = [aDesk(), await stagedImport(repositories, { ...options, rowOf })];
        const nth = which === 0 ? [index + 1] : [undefined, index + 1];
        const { died } = await live(other, own, nth);
        expect([write, died[which]]).toEqual([write, true]);
        expect({ write, ...(await end(other, own)) }).toEqual({ write, ...undisturbed });
        points += 1;
      }
    process.stdout.write(`import of two pages: ${points} points, ${points} repaired\n`);
  });

  test('is asked for the rows without result again, and told that it may have begun', async () => {
    const desk = aDesk();
    const staged = await stagedImport(repositories, { rows: 10 });
    const activities = importActivities({ repositories, desk });
    desk.before = () => {
      desk.before = () => undefined;
      throw new TargetUnavailable('busy');
    };
    await expect(activities.carryOutSlice(staged.dryRun())).rejects.toMatchObject({
      type: 'TARGET_UNAVAILABLE',
    });
    expect((await staged.now()).trouble).toEqual({ code: 'TARGET_UNAVAILABLE', atMs: 0 });
    await activities.carryOutSlice(staged.dryRun());
    expect(desk.jobs.map(({ isRepeated, numbers }) => [isRepeated, numbers.length])).toEqual([
      [false, 10],
      [true, 10],
    ]);
    expect((await staged.now()).trouble).toBeUndefined();
  });

  test('comes to the same counts where an attempt that was given up goes on beside the next one', async () => {
    const desk = aDesk();
    const staged = await stagedImport(repositories, { rows: 1_000, rowOf: () => DRIED, overrides: LAUNCHED });
    const activities = importActivities({ repositories, desk });
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => untilItRests(() => activities.carryOutSlice(staged.run))),
    );
    expect(outcomes).toEqual([1, 2, 3].map(() => ({ kind: 'ended', state: 'finished' })));
    const { run } = await staged.now();
    const results = (await staged.rows()).map(({ result }) => result);
    expect(results).toEqual((await staged.rows()).map((row) => judge(row)));
    expect(run).toMatchObject({
      pages: 5,
      rows: 1_000,
      counts: { failed: 30, created: 832, unchanged: 138 },
    });
  });

  test('counts what was done also where it is aborted before anybody looks again', async () => {
    const desk = aDesk();
    const staged = await stagedImport(repositories, { rows: 250, rowOf: () => DRIED, overrides: LAUNCHED });
    const activities = importActivities({ repositories, desk });
    // Both pages are begun by then.
    const results = (written: readonly string[]) =>
      written.filter((name) => name === 'import_rows.findOneAndUpdate').length === 3;
    const process = dyingProcess(repositories.database.connection, results);
    await expect(activities.carryOutSlice(staged.run)).rejects.toThrow();
    process.restart();
    expect((await staged.now()).run?.rows).toBe(0);
    await staged.change({ state: 'stopped', stopped: { kind: 'ABORTED', atMs: 1 }, unheard: true });
    expect(await activities.carryOutSlice(staged.run)).toEqual({ kind: 'ended', state: 'stopped' });
    expect((await staged.now()).run).toMatchObject({ rows: 200, counts: { failed: 6 }, endedAtMs: 0 });
  });

  test('has nothing under way any more when it fails: whoever begins again does not meet it', async () => {
    const desk = aDesk();
    let underWay = 0;
    const slow: FakeDesk = {
      ...desk,
      async takeIn(job, before) {
        await before;
        underWay += 1;
        const results = sleep(100).then(() => {
          underWay -= 1;
          return job.rows.map((row) => judge(row));
        });
        return { results };
      },
    };
    const staged = await stagedImport(repositories, { rows: 400, rowOf: () => DRIED, overrides: LAUNCHED });
    const process = dyingProcess(
      repositories.database.connection,
      (written) => written.filter((name) => name === 'import_rows.findOneAndUpdate').length === 3,
    );
    const activities = importActivities({ repositories, desk: slow });
    await expect(activities.carryOutSlice(staged.run)).rejects.toThrow();
    process.restart();
    expect([process.died, underWay]).toEqual([true, 0]);
  });

  test('fails in words of ours, and without anything of a row', async () => {
    const logs: string[] = [];
    for (const [thrown, type] of [
      [new Error('Ada Byron broke it'), 'UNEXPECTED'],
      [new StoreUnavailable('gone'), 'STORE_UNAVAILABLE'],
    ] as const) {
      const desk = aDesk();
      const staged = await stagedImport(repositories, { rows: 10 });
      desk.before = () => {
        throw thrown;
      };
      const failed = importActivities({ repositories, desk, logs }).carryOutSlice(staged.dryRun());
      const failure = await failed.catch((error: unknown) => error as Error);
      expect(failure).toMatchObject({ type, nonRetryable: false });
      expect(JSON.stringify(failure)).not.toContain('Ada');
      expect(failure).toMatchObject({ message: expect.not.stringContaining('Ada') });
      expect((await staged.now()).trouble?.code).toBe(type);
    }
  });
});
