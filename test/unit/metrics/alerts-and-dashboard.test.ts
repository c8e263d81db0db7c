import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { parse } from 'yaml';
import { createApiMetrics } from '../../../api/metrics/api-metrics.ts';
import { addInstallationGauges } from '../../../api/metrics/installation-gauges.ts';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { createLogger } from '../../../shared/platform/logging.ts';
import { createRegistry } from '../../../shared/platform/metrics/create-registry.ts';
import { createFamilyMetrics } from '../../../standalone/processes/family-metrics.ts';
import { addStoreGauges, createStoreMetrics } from '../../../standalone/store/store-metrics.ts';
import { createWorkerMetrics } from '../../../worker/metrics/worker-metrics.ts';
import { exportedBy, faultsOf } from '../../support/promql.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly action: string };
}

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const fileIn = (name: string): string => readFileSync(join(packageRoot, 'docs', 'operating', name), 'utf8');
const rules = (
  parse(fileIn('alerts.yml')) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }
).groups.flatMap((group) => group.rules);
const panels = (JSON.parse(fileIn('grafana-dashboard.json')) as { readonly panels: readonly Panel[] }).panels;
const queries = panels.flatMap(({ title, targets = [] }) => targets.map((target) => ({ title, ...target })));

/** As the four processes register them. */
function everyRegistry(): readonly Registry[] {
  const [api, worker, store, supervisor] = [new Registry(), new Registry(), new Registry(), new Registry()];
  createApiMetrics(api);
  const never = (): Promise<never> => Promise.reject(new Error('nobody reads them here'));
  const sources = { readFigures: never, pingStore: never, isEngineReachable: never };
  addInstallationGauges(api, sources, createLogger('api', 'silent'));
  createWorkerMetrics(worker);
  createStoreMetrics(store);
  addStoreGauges(store, {
    figures: () => ({ connections: 0, cursors: 0, fileBytes: 0 }),
    countDocuments: () => new Map(),
  });
  createFamilyMetrics(new Map(), supervisor);
  return [createRegistry('any'), api, worker, store, supervisor];
}

const exported = exportedBy(everyRegistry());

describe('every alert', () => {
  test.each(rules.map(({ alert, expr }) => [alert, expr]))('%s uses what is exported', (_, expr) => {
    expect(faultsOf(expr, exported)).toEqual([]);
  });

  test('has a severity, a sentence and what to do', () => {
    for (const { labels, annotations } of rules) {
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.summary).toMatch(/\.$/u);
      expect(annotations.action).toMatch(/\.$/u);
    }
  });

  test('names in its sentence only labels that its result has', () => {
    for (const { alert, expr, annotations } of rules) {
      const named = Object.values(annotations)
        .join(' ')
        .matchAll(/\$labels\.(\w+)/gu);
      for (const [, label] of named) expect([alert, expr]).toEqual([alert, grouping(String(label))]);
    }
  });

  test('of those the promise needs is there', () => {
    expect(rules.map((rule) => rule.alert)).toEqual(
      expect.arrayContaining([
        'GangwayNeedsAttention',
        'GangwayStepsLate',
        'GangwayLockoutNotProven',
        'GangwayQueueSlow',
        'GangwayWorkerDown',
        'GangwayApiErrors',
        'GangwayStoreNotAnswering',
        'GangwayLockoutSlow',
        'GangwayNoticeNotSent',
        'GangwayWelcomeMailParked',
      ]),
    );
  });
});

describe('every panel of the dashboard', () => {
  test.each(queries.map(({ title, expr }) => [title, expr]))('%s: %s', (_, expr) => {
    expect(faultsOf(expr, exported)).toEqual([]);
  });

  test('labels its series with what they are grouped by', () => {
    for (const { title, expr, legendFormat } of queries)
      for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/gu))
        expect([title, expr]).toEqual([title, grouping(String(label))]);
  });

  test('asks for something, and none is there twice', () => {
    const shown = panels.filter(({ type }) => type !== 'row');
    expect(shown.every(({ targets = [] }) => targets.length > 0)).toBe(true);
    expect(new Set(shown.map(({ title }) => title)).size).toBe(shown.length);
  });
});

describe('the check', () => {
  test.each([
    ['a metric nobody exports', 'max(gangway_nobody) > 0', 'nobody exports gangway_nobody'],
    ['a histogram by its bare name', 'gangway_time_to_lockout_seconds > 2', 'nobody exports'],
    ['a label in a selector', 'gangway_cases{stat="running"}', 'gangway_cases has no label stat'],
    ['a label to group by', 'sum by (queu) (gangway_activities_under_way)', 'has no label queu'],
    [
      'a label of another metric',
      'sum by (state) (gangway_late_steps)',
      'gangway_late_steps has no label state',
    ],
    ['an expression that is none', 'sum(gangway_cases', 'syntax'],
  ])('finds %s', (_, expr, fault) => {
    expect(faultsOf(expr, exported).join('; ')).toContain(fault);
  });
});

function grouping(label: string): unknown {
  return expect.stringMatching(new RegExp(`by \\([^)]*\\b${label}\\b`, 'u'));
}
