import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { createDataConverter } from '../../shared/platform/temporal/data-converter.ts';
import { WORKFLOW_BUNDLE_PATH } from '../../worker/workflow-bundle.ts';
import { DAY } from '../support/departure.ts';
import { productionEvents, textsIn, typeOf, type History } from '../support/history.ts';
import { eventually } from '../support/installation.ts';
import { startImportWorker, type ImportWorker } from '../support/import-worker.ts';
import { DRIED, LAUNCHED } from '../support/staged-import.ts';

let worker: ImportWorker;
beforeAll(async () => {
  worker = await startImportWorker();
});
afterAll(() => worker.stop());
afterEach(() => {
  worker.desk.before = () => undefined;
  worker.desk.judge = ({ number }) => ({ status: 'created', personId: `per_${number}` });
});

const FIFTY_A_DAY = { targetQuotas: { directory: { addresses: 50, perHours: 24 } } };
const launched = (rows: number, overrides = {}) => ({
  ...{ rows, rowOf: () => DRIED, overrides: { ...LAUNCHED, ...overrides } },
});

/** The most that falls into any 24 hours. */
function mostInADay(moments: readonly number[]): number {
  return Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + DAY).length));
}

async function phaseOf({ handle }: { handle: { describe(): Promise<unknown> } }): Promise<unknown> {
  const { typedSearchAttributes } = (await handle.describe()) as {
    typedSearchAttributes: { getAll(): { key: { name: string }; value: unknown }[] };
  };
  return typedSearchAttributes.getAll().find(({ key }) => key.name === 'Phase')?.value;
}

async function replayed(history: History): Promise<void> {
  await Worker.runReplayHistory(
    {
      workflowBundle: { codePath: WORKFLOW_BUNDLE_PATH },
      dataConverter: createDataConverter({ secretKey: undefined }),
    },
    history,
  );
}

describe('an import that waits for addresses', () => {
  test('of four hundred rows, fifty a day, ends on the eighth day, visibly, and never takes more in a day', async () => {
    const theImport = await worker.begin({ ...launched(400), organisation: FIFTY_A_DAY });
    for (let day = 1; day <= 7; day += 1) {
      const { run, waiting, state } = await theImport.until(
        ({ waiting: until, run: pass }) => until !== undefined && pass?.rows === day * 50,
      );
      expect([state, run?.counts.created]).toEqual(['running', day * 50]);
      expect(waiting).toMatchObject({ for: 'quota', target: 'directory' });
      expect(waiting!.untilMs - theImport.made().at(-1)!).toBeGreaterThanOrEqual(DAY);
      if (day === 1) await eventually(async () => (await phaseOf(theImport)) === 'waiting');
      await theImport.forward(DAY + 2_000);
    }
    expect(await theImport.handle.result()).toEqual({ state: 'finished' });
    const { state, run, waiting } = await theImport.now();
    expect([state, run?.rows, waiting]).toEqual(['finished', 400, undefined]);
    expect(await phaseOf(theImport)).toBe('finished');
    const made = theImport.made();
    expect(made).toHaveLength(400);
    expect(mostInADay(made)).toBe(50);
    const lastDay = (made.at(-1)! - made[0]!) / DAY;
    expect([Math.floor(lastDay), lastDay < 7.1]).toEqual([7, true]);

    const history = await theImport.handle.fetchHistory();
    const events = productionEvents(history);
    process.stdout.write(`400 rows in eight days: ${events.length} events\n`);
    expect(events.length).toBeLessThanOrEqual(150);
    await replayed(history);
  });

  test('goes on at once where its rate is changed', async () => {
    const theImport = await worker.begin(launched(120, { rate: { rows: 50, perHours: 24 } }));
    const { waiting } = await theImport.until(({ waiting: until }) => until !== undefined);
    expect(waiting?.for).toBe('rate');
    expect(await theImport.decide({ rate: { rows: 100, perHours: 24 } })).toBe('told');
    await theImport.until(({ run }) => run?.rows === 100);
    expect((await theImport.now()).state).toBe('running');
    await theImport.decide({ rate: undefined });
    expect(await theImport.handle.result()).toEqual({ state: 'finished' });
    expect(theImport.made().at(-1)! - theImport.made()[0]!).toBeLessThan(DAY / 24);
    await replayed(await theImport.handle.fetchHistory());
  });

  test('is stopped by an abort in the middle, and nobody is told anything after that', async () => {
    const theImport = await worker.begin({ ...launched(120), organisation: FIFTY_A_DAY });
    await theImport.until(({ waiting }) => waiting !== undefined);
    await theImport.decide({ state: 'stopped', stopped: { kind: 'ABORTED', atMs: 1, by: 'own_hr' } });
    expect(await theImport.handle.result()).toEqual({ state: 'stopped' });
    expect(theImport.made()).toHaveLength(50);
    const { unheard, run } = await theImport.now();
    expect([unheard, run?.counts.created, run?.endedAtMs !== undefined]).toEqual([false, 50, true]);
    expect(await worker.engine.tell(theImport.pass)).toBe('over');
    await replayed(await theImport.handle.fetchHistory());
  });

  test('goes on with another worker, and makes nobody twice', async () => {
    const theImport = await worker.begin({ ...launched(120), organisation: FIFTY_A_DAY });
    await theImport.until(({ waiting }) => waiting !== undefined);
    await worker.replaceWorker();
    await theImport.forward(DAY + 2_000);
    await theImport.until(({ run }) => run?.rows === 100);
    await worker.replaceWorker();
    await theImport.forward(DAY + 2_000);
    expect(await theImport.handle.result()).toEqual({ state: 'finished' });
    expect(theImport.made()).toHaveLength(120);
    expect(mostInADay(theImport.made())).toBe(50);
    await replayed(await theImport.handle.fetchHistory());
  });

  test('starts a new history after some slices, and knows where it stood', async () => {
    const short = await startImportWorker({ slicesPerRun: 2 });
    try {
      const theImport = await short.begin({ ...launched(220), organisation: FIFTY_A_DAY });
      for (const rows of [50, 100, 150, 200]) {
        await theImport.until(({ waiting, run }) => waiting !== undefined && run?.rows === rows);
        await theImport.forward(DAY + 2_000);
      }
      expect(await theImport.handle.result()).toEqual({ state: 'finished' });
      expect(theImport.made()).toHaveLength(220);
      const history = await theImport.handle.fetchHistory();
      expect(productionEvents(history).length).toBeLessThan(35);
      const staged = (history.events ?? []).filter(
        (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'stageUpload',
      );
      expect(staged).toEqual([]);
      await replayed(history);
    } finally {
      await short.stop();
    }
  });
});

describe('an import that is paused', () => {
  test('for more than a week does nothing, and everything once it is resumed', async () => {
    const paused = { by: 'own_hr', atMs: 1 };
    const theImport = await worker.begin(launched(300, { paused }));
    await theImport.until(({ unheard }) => !unheard);
    await theImport.forward(9 * DAY);
    expect(theImport.made()).toEqual([]);
    await eventually(async () => (await phaseOf(theImport)) === 'paused');
    await theImport.decide({ paused: undefined });
    expect(await theImport.handle.result()).toEqual({ state: 'finished' });
    expect(theImport.made()).toHaveLength(300);
    expect(productionEvents(await theImport.handle.fetchHistory()).length).toBeLessThan(40);
    await replayed(await theImport.handle.fetchHistory());
  });
});

describe('an import that comes to no end', () => {
  test('stops with a report where too many rows of its dry run are invalid', async () => {
    worker.desk.judge = ({ number }) => ({ status: number % 4 === 0 ? 'failed' : 'created' });
    const theImport = await worker.begin({ rows: 400 }, 'dry_run');
    expect(await theImport.handle.result()).toEqual({ state: 'stopped' });
    const { stopped, dryRun } = await theImport.now();
    expect([stopped?.kind, dryRun?.rows, dryRun?.counts.failed]).toEqual(['TOO_MANY_INVALID', 400, 100]);
    await replayed(await theImport.handle.fetchHistory());
  });

  test('is stopped where somebody cancels its workflow', async () => {
    const theImport = await worker.begin({ ...launched(120), organisation: FIFTY_A_DAY });
    await theImport.until(({ waiting }) => waiting !== undefined);
    await theImport.handle.cancel();
    await expect(theImport.handle.result()).rejects.toThrow();
    expect((await theImport.handle.describe()).status.name).toBe('CANCELLED');
    expect(await theImport.now()).toMatchObject({ state: 'stopped', stopped: { kind: 'CANCELLED' } });
    expect(theImport.made()).toHaveLength(50);
    await replayed(await theImport.handle.fetchHistory());
  });

  test('is tried again until the database, or a target, answers, and shows meanwhile why it does not go on', async () => {
    let tries = 0;
    worker.desk.before = () => {
      tries += 1;
      if (tries <= 2) throw new Error('something of Ada Byron');
    };
    const theImport = await worker.begin({ rows: 10 }, 'dry_run');
    await theImport.until(({ trouble }) => trouble?.code === 'UNEXPECTED');
    await theImport.forward(DAY / 24);
    expect(await theImport.handle.result()).toEqual({ state: 'ready' });
    expect((await theImport.now()).trouble).toBeUndefined();
    expect(textsIn(await theImport.handle.fetchHistory()).join('\n')).not.toMatch(/Ada|Byron/u);
  });
});

test('needs at most a thousand events for a hundred thousand rows, and none of them has anything of a row', async () => {
  const theImport = await worker.begin(launched(20_000));
  expect(await theImport.handle.result()).toEqual({ state: 'finished' });
  const history = await theImport.handle.fetchHistory();
  const events = productionEvents(history);
  process.stdout.write(`20,000 rows: ${events.length} events, ${events.length * 5} for 100,000\n`);
  expect(events.length * 5).toBeLessThanOrEqual(1_000);
  expect(textsIn(history).join('\n')).not.toMatch(/Ada|Byron/u);
  const types = events.map(typeOf).filter((type) => type.includes('ACTIVITY_TASK_SCHEDULED'));
  expect(types.length).toBeGreaterThanOrEqual(3);
  await replayed(history);
});
