import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { packageRoot } from '../../shared/platform/config/package-root.ts';

/* Prometheus' own tool evaluates the rules over made-up series, a value a minute, and looks at them after 40 minutes. */

const RULES = join(packageRoot, 'docs', 'operating', 'alerts.yml');

/** An installation in which nothing is wrong. */
const WELL: Readonly<Record<string, string>> = {
  gangway_lockouts_overdue: '0x40',
  gangway_cases_needing_attention: '0x40',
  gangway_cases_not_started: '0x40',
  gangway_welcome_mails_parked: '0x40',
  gangway_database_up: '1x40',
  gangway_engine_up: '1x40',
  gangway_worker_taking_tasks: '1x40',
  gangway_api_requests_under_way: '1x40',
  'gangway_process_restarts_total{process="worker"}': '0x40',
  'gangway_api_requests_total{method="GET",route="/v1/people",status="200"}': '0+600x40',
  'gangway_api_requests_total{method="GET",route="/v1/people",status="503"}': '0+1x40',
  'gangway_activity_attempts_total{activity="sendCaseNotice",outcome="failed",code="MAIL_NOT_SENT"}': '0x40',
  'gangway_activity_attempts_total{activity="sendCaseNotice",outcome="done",code=""}': '0+1x40',
  'gangway_activity_queue_seconds_bucket{queue="targets",le="0.1"}': '0+10x40',
  'gangway_activity_queue_seconds_bucket{queue="targets",le="10"}': '0+10x40',
  'gangway_activity_queue_seconds_bucket{queue="targets",le="+Inf"}': '0+10x40',
  'gangway_time_to_lockout_seconds_bucket{le="1.5"}': '0+1x40',
  'gangway_time_to_lockout_seconds_bucket{le="4"}': '0+1x40',
  'gangway_time_to_lockout_seconds_bucket{le="+Inf"}': '0+1x40',
};

/** What is different when one thing is wrong, and the labels the alert then has besides its name and severity. */
const WRONG: readonly (readonly [
  alert: string,
  series: Readonly<Record<string, string>>,
  labels?: Readonly<Record<string, string>>,
])[] = [
  ['GangwayLockoutNotProven', { gangway_lockouts_overdue: '0x35 2x5' }],
  ['GangwayNeedsAttention', { gangway_cases_needing_attention: '0x30 1x10' }],
  ['GangwayStepsLate', { 'gangway_late_steps{kind="endAutoReply"}': '1x40' }],
  ['GangwayCasesNotStarted', { gangway_cases_not_started: '0x30 4x10' }],
  [
    'GangwayLockoutSlow',
    {
      'gangway_time_to_lockout_seconds_bucket{le="1.5"}': '0x40',
      'gangway_time_to_lockout_seconds_bucket{le="4"}': '0+1x40',
    },
  ],
  [
    'GangwayNoticeNotSent',
    {
      'gangway_activity_attempts_total{activity="sendCaseNotice",outcome="failed",code="MAIL_NOT_SENT"}':
        '0x35 1x5',
    },
    { code: 'MAIL_NOT_SENT' },
  ],
  ['GangwayWelcomeMailParked', { gangway_welcome_mails_parked: '0x30 1x10' }],
  ['GangwayWorkerDown', { gangway_worker_taking_tasks: '1x30 0x10' }],
  ['GangwayWorkerDown', { gangway_worker_taking_tasks: '1x20 _x20' }],
  ['GangwayApiDown', { gangway_api_requests_under_way: '1x20 _x20' }],
  ['GangwayStoreNotAnswering', { gangway_database_up: '1x35 0x5' }],
  ['GangwayEngineNotAnswering', { gangway_engine_up: '1x30 0x10' }],
  [
    'GangwayProcessRestarting',
    { 'gangway_process_restarts_total{process="worker"}': '0x30 1+1x9' },
    { process: 'worker' },
  ],
  [
    'GangwayQueueSlow',
    { 'gangway_activity_queue_seconds_bucket{queue="targets",le="0.1"}': '0x40' },
    { queue: 'targets' },
  ],
  [
    'GangwayApiErrors',
    { 'gangway_api_requests_total{method="GET",route="/v1/people",status="503"}': '0+60x40' },
  ],
];

interface Rule {
  readonly alert: string;
  readonly labels: { readonly severity: string };
}

const rules = (
  parse(readFileSync(RULES, 'utf8')) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }
).groups.flatMap((group) => group.rules);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-alerts-'));
  copyFileSync(RULES, join(folder, 'alerts.yml'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function promtool(...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { encoding: 'utf8', cwd: folder });
  if (error !== undefined) throw new Error('promtool is missing: it is in the Debian package prometheus');
  return { status, said: `${stdout}${stderr}` };
}

/** Runs the rules over these series and expects exactly these alerts to fire. */
function judged(series: Readonly<Record<string, string>>, firing: readonly object[]) {
  const test = {
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: 'ALERTS{alertstate="firing"}',
        eval_time: '40m',
        exp_samples: firing.map((labels) => ({ labels: `ALERTS${labelText(labels)}`, value: 1 })),
      },
    ],
  };
  const file = join(folder, 'rules.test.yml');
  writeFileSync(file, stringify({ rule_files: ['alerts.yml'], evaluation_interval: '1m', tests: [test] }));
  return promtool('test', 'rules', file);
}

function labelText(labels: object): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${String(value)}"`)
    .join(',')}}`;
}

describe('the alerts', () => {
  test('are rules that Prometheus takes', () => {
    expect(promtool('check', 'rules', 'alerts.yml')).toMatchObject({ status: 0 });
  });

  test('are silent while nothing is wrong', () => {
    expect(judged(WELL, [])).toMatchObject({ status: 0 });
  });

  test.each(WRONG)('fire one by one: %s', (alert, series, labels = {}) => {
    const severity = rules.find((rule) => rule.alert === alert)?.labels.severity;
    const expected = { alertname: alert, alertstate: 'firing', severity, ...labels };
    expect(judged({ ...WELL, ...series }, [expected])).toMatchObject({ status: 0 });
    // The tool does judge: without the fault the same expectation is not met.
    expect(judged(WELL, [expected])).toMatchObject({ status: 1 });
  });

  test('are all looked at', () => {
    expect(new Set(WRONG.map(([alert]) => alert))).toEqual(new Set(rules.map((rule) => rule.alert)));
  });
});
