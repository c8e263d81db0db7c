import { describe, expect, test } from '@jest/globals';
import { CancelledFailure } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { Registry } from 'prom-client';
import { createLogger } from '../../../shared/platform/logging.ts';
import { createWorkerMetrics } from '../../../worker/metrics/worker-metrics.ts';
import { observeActivities } from '../../../worker/observe-activities.ts';

const INPUT = { orgId: 'org_1', caseId: 'cas_1', stepKey: 'disable-account', note: 'canary' };

function observed() {
  const registry = new Registry();
  const metrics = createWorkerMetrics(registry);
  const lines: Record<string, unknown>[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const logger = createLogger('worker', 'info', { write });
  return {
    ...{ registry, metrics, lines, logger },
    run: (activity: () => Promise<unknown>, info: object = {}, input: object = INPUT): Promise<unknown> =>
      new MockActivityEnvironment(
        {
          ...{ activityType: 'disableAccount', taskQueue: 'targets', isLocal: false, attempt: 1 },
          currentAttemptScheduledTimestampMs: Date.now() - 3_000,
          workflowExecution: { workflowId: 'departure:org_1:cas_1', runId: 'run' },
          ...info,
        },
        { interceptors: [observeActivities(metrics, logger)], logger: new DefaultLogger('ERROR') },
      ).run(activity, input),
  };
}

describe('an attempt of an activity', () => {
  test('is counted with its outcome, its time, and how long it waited', async () => {
    const { registry, run } = observed();
    await run(() => Promise.resolve({ outcome: 'done' }));
    await run(() => Promise.resolve({ outcome: 'not_applicable' }));
    const text = await registry.metrics();
    for (const line of [
      'gangway_activity_attempts_total{activity="disableAccount",outcome="done",code=""} 1',
      'gangway_activity_attempts_total{activity="disableAccount",outcome="not_applicable",code=""} 1',
      'gangway_activity_duration_seconds_count{activity="disableAccount"} 2',
      'gangway_activity_queue_seconds_count{queue="targets"} 2',
      'gangway_activity_queue_seconds_bucket{le="2.5",queue="targets"} 0',
      'gangway_activity_queue_seconds_bucket{le="5",queue="targets"} 2',
      'gangway_activities_under_way{queue="targets"} 0',
    ])
      expect(text).toContain(`${line}\n`);
    expect(text).not.toContain('gangway_activity_retries_total{');
  });

  test('is counted and told for each step of a chain, by its kind', async () => {
    const { registry, lines, run } = observed();
    const tries = [
      { stepKey: 'disable-account', kind: 'disableAccount', ms: 40, outcome: 'done', evidenceId: 'eff_1' },
      {
        ...{ stepKey: 'rotate-password', kind: 'rotatePassword', ms: 2_000 },
        ...{ outcome: 'failed', code: 'TARGET_UNAVAILABLE', final: false },
      },
    ];
    const { stepKey: _none, ...input } = INPUT;
    await run(() => Promise.resolve({ tries }), { activityType: 'carryOutChain' }, input);
    expect(lines.map(({ activity, stepKey, outcome }) => [activity, stepKey, outcome])).toEqual([
      ['disableAccount', 'disable-account', 'done'],
      ['rotatePassword', 'rotate-password', 'failed'],
      ['carryOutChain', undefined, 'done'],
    ]);
    const text = await registry.metrics();
    for (const line of [
      'gangway_activity_attempts_total{activity="carryOutChain",outcome="done",code=""} 1',
      'gangway_activity_attempts_total{activity="disableAccount",outcome="done",code=""} 1',
      'gangway_activity_attempts_total{activity="rotatePassword",outcome="failed",code="TARGET_UNAVAILABLE"} 1',
      'gangway_activity_duration_seconds_bucket{le="2.5",activity="rotatePassword"} 1',
      'gangway_activities_under_way{queue="targets"} 0',
    ])
      expect(text).toContain(`${line}\n`);
  });

  test('is counted while it is under way', async () => {
    const { registry, run } = observed();
    await run(async () => {
      expect(await registry.metrics()).toContain('gangway_activities_under_way{queue="targets"} 1\n');
    });
  });

  test('that failed is counted by our code, and by no other word', async () => {
    const { registry, run } = observed();
    const failing = (error: Error) =>
      expect(run(() => Promise.reject(error), { attempt: 2 })).rejects.toBe(error);
    await failing(ApplicationFailure.create({ type: 'TARGET_UNAVAILABLE' }));
    await failing(ApplicationFailure.create({ type: 'canary@example.com' }));
    await failing(new CancelledFailure('stop'));
    const text = await registry.metrics();
    for (const labels of [
      'outcome="failed",code="TARGET_UNAVAILABLE"',
      'outcome="failed",code="UNEXPECTED"',
      'outcome="cancelled",code=""',
    ])
      expect(text).toContain(`gangway_activity_attempts_total{activity="disableAccount",${labels}} 1\n`);
    expect(text).toContain('gangway_activity_retries_total{activity="disableAccount"} 3\n');
    expect(text).not.toContain('canary');
  });

  test('waits in no queue when it is a local one', async () => {
    const { registry, run } = observed();
    await run(() => Promise.resolve(), { isLocal: true });
    expect(await registry.metrics()).not.toContain('gangway_activity_queue_seconds_count{');
  });

  test('gives every line its ids, and nothing else of its input', async () => {
    const { lines, logger, run } = observed();
    const activity = (): Promise<void> => {
      logger.info('on the way');
      return Promise.resolve();
    };
    await run(activity, { attempt: 4 });
    const ids = {
      ...{
        orgId: 'org_1',
        caseId: 'cas_1',
        stepKey: 'disable-account',
        activity: 'disableAccount',
        attempt: 4,
      },
      workflowId: 'departure:org_1:cas_1',
    };
    expect(lines).toEqual([
      expect.objectContaining({ ...ids, msg: 'on the way' }),
      expect.objectContaining({ ...ids, msg: 'activity', outcome: 'done' }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  test('that failed is said aloud where no step says it', async () => {
    const { lines, run } = observed();
    const failing = (input: object) =>
      expect(run(() => Promise.reject(new Error('no')), {}, input)).rejects.toThrow('no');
    await failing(INPUT);
    await failing({ orgId: 'org_1', caseId: 'cas_1' });
    expect(lines.map(({ level, code }) => [level, code])).toEqual([
      [30, 'UNEXPECTED'],
      [40, 'UNEXPECTED'],
    ]);
  });
});

describe('the time to lockout', () => {
  test('is there as a histogram fine around two seconds, and as quantiles', async () => {
    const { registry, metrics } = observed();
    for (const ms of [1_000, 1_400, 1_900]) metrics.meter.lockoutProven(ms);
    const text = await registry.metrics();
    for (const line of [
      'gangway_time_to_lockout_seconds_bucket{le="1.75"} 2',
      'gangway_time_to_lockout_seconds_bucket{le="2"} 3',
      'gangway_time_to_lockout_quantiles_seconds{quantile="0.5"} 1.4',
      'gangway_time_to_lockout_quantiles_seconds{quantile="0.95"} 1.9',
    ])
      expect(text).toContain(`${line}\n`);
  });
});
