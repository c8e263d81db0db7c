import { describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { readFigures as readAll } from '../../../api/metrics/installation-figures.ts';
import { addInstallationGauges, type InstallationSources } from '../../../api/metrics/installation-gauges.ts';
import { openCase } from '../../../shared/domain/case/open-case.ts';
import { projectionOf } from '../../../shared/domain/case/projection.ts';
import { CASE_STATES } from '../../../shared/domain/case-states.ts';
import { LATE_AFTER_MS } from '../../../shared/domain/digest.ts';
import { createLogger } from '../../../shared/platform/logging.ts';
import type { CaseFigures } from '../../../shared/platform/persistence/case-figures.ts';
import { StoreUnavailable } from '../../../shared/platform/persistence/store-unavailable.ts';
import { plannedDeparture } from '../domain/sample-plan.ts';

const { plan } = plannedDeparture();
const lateCase = {
  plan,
  steps: projectionOf(openCase({ plan, requestedBy: 'own', onLegalHold: false })).steps,
};

const none: CaseFigures = {
  countByState: () =>
    Promise.resolve(
      Object.fromEntries(CASE_STATES.map((state) => [state, state === 'running' ? 3 : 0])) as Awaited<
        ReturnType<CaseFigures['countByState']>
      >,
    ),
  countNeedingAttention: () => Promise.resolve(2),
  countNotStarted: () => Promise.resolve(1),
  listLate: () => Promise.resolve([]),
};

const readFigures = (cases: CaseFigures, nowMs: number) =>
  readAll({ cases, welcomes: { countParked: () => Promise.resolve(4) } }, nowMs);

describe('late steps', () => {
  test('are those due for over fifteen minutes, by kind', async () => {
    const asked: number[] = [];
    const figures: CaseFigures = {
      ...none,
      listLate: (dueUntilMs) => {
        asked.push(dueUntilMs);
        return Promise.resolve([lateCase, lateCase]);
      },
    };
    const atMs = plan.leaveAtMs + LATE_AFTER_MS;
    const now = await readFigures(figures, atMs);
    expect(asked).toEqual([plan.leaveAtMs]);
    expect(now.lateSteps.get('disableAccount')).toBe(2);
    expect(now.lateSteps.has('endAutoReply')).toBe(false);
    expect(now.overdueLockouts).toBe(2);
    const before = await readFigures(figures, atMs - 1);
    expect([before.lateSteps.get('disableAccount'), before.overdueLockouts]).toEqual([undefined, 0]);
  });

  test('of a proof that is repeated are no overdue lockout', async () => {
    const proven = lateCase.steps.map((step) =>
      step.key.startsWith('prove-') ? { ...step, automatic: true as const } : step,
    );
    const steps = proven.filter((step) => step.key !== 'prove-day-0');
    const figures = { ...none, listLate: () => Promise.resolve([{ plan, steps }]) };
    const now = await readFigures(figures, plan.leaveAtMs + 40 * 86_400_000);
    expect(now.lateSteps.get('proveLockedOut')).toBeGreaterThan(0);
    expect(now.overdueLockouts).toBe(0);
  });
});

describe('the gauges of an installation', () => {
  const sources: InstallationSources = {
    readFigures: () => readFigures(none, 0),
    pingStore: () => Promise.resolve(),
    isEngineReachable: () => Promise.resolve(true),
  };

  async function read(changed: Partial<InstallationSources>): Promise<{ text: string; logs: string[] }> {
    const registry = new Registry();
    const logs: string[] = [];
    const logger = createLogger('api', 'info', { write: (line: string) => void logs.push(line) });
    addInstallationGauges(registry, { ...sources, ...changed }, logger);
    return { text: await registry.metrics(), logs };
  }

  test('tell every state, open or closed, also those nobody is in', async () => {
    const { text } = await read({});
    for (const state of CASE_STATES)
      expect(text).toContain(`gangway_cases{state="${state}"} ${state === 'running' ? 3 : 0}\n`);
    for (const line of [
      'gangway_cases_needing_attention 2',
      'gangway_cases_not_started 1',
      'gangway_lockouts_overdue 0',
      'gangway_welcome_mails_parked 4',
      'gangway_database_up 1',
      'gangway_engine_up 1',
    ])
      expect(text).toContain(`${line}\n`);
  });

  test('say that the database is silent, and tell no figures rather than old ones', async () => {
    const silent = (): Promise<never> => Promise.reject(new StoreUnavailable('The database did not answer.'));
    const { text, logs } = await read({ readFigures: silent, pingStore: silent });
    expect(text).toContain('gangway_database_up 0\n');
    expect(text).not.toMatch(/^gangway_cases/mu);
    expect(logs).toEqual([]);
  });

  test('say so in time when it hangs', async () => {
    const hangs = (): Promise<never> => new Promise(() => undefined);
    const beganAtMs = performance.now();
    const { text } = await read({ pingStore: hangs, isEngineReachable: hangs, readFigures: hangs });
    expect(performance.now() - beganAtMs).toBeLessThan(5_000);
    expect(text).toContain('gangway_database_up 0\n');
    expect(text).toContain('gangway_engine_up 0\n');
  });

  test('are read from the database once for several readers', async () => {
    let reads = 0;
    const registry = new Registry();
    const counted = () => ((reads += 1), sources.readFigures());
    addInstallationGauges(registry, { ...sources, readFigures: counted }, createLogger('api', 'silent'));
    await Promise.all([registry.metrics(), registry.metrics()]);
    await registry.metrics();
    expect(reads).toBe(1);
  });

  test('tell a fault of ours to the log', async () => {
    const { logs } = await read({ readFigures: () => Promise.reject(new TypeError('a fault')) });
    expect(logs.join()).toContain('a fault');
  });
});
