import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { startDeparture, type TestDeparture } from '../support/departure.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { eventually } from '../support/installation.ts';
import { openTestRepositories, type TestRepositories } from '../support/test-repositories.ts';

let engine: TestEngine;
let repositories: TestRepositories;

beforeEach(async () => {
  engine = await startTestEngine();
  repositories = await openTestRepositories();
});
afterEach(() => repositories.close());

/** A departure whose manager is being written to, which takes as long as `sending` does. */
async function underWay(sending: () => Promise<void>): Promise<TestDeparture> {
  let began = false;
  const departure = await startDeparture(engine, {
    daysUntilLeave: 3,
    beforeStart: (orgId) =>
      engine.interceptPorts(orgId, (real) => ({
        ...real,
        notifier: {
          async send(mail) {
            began = true;
            await sending();
            return real.notifier.send(mail);
          },
        },
      })),
  });
  await eventually(() => began);
  return departure;
}

function notice({ orgId, caseId }: TestDeparture): Promise<Evidence | undefined> {
  return repositories.evidence.get(orgId, `eff:${caseId}:notify-manager:1`);
}

describe('a worker that is asked to stop', () => {
  test('lets a step that is under way come to its end', async () => {
    const departure = await underWay(() => sleep(3_000));
    await engine.stop();
    const evidence = await notice(departure);
    expect(evidence?.status).toBe('done');
    expect(evidence?.attempts.map(({ errorCode }) => errorCode)).toEqual([undefined]);
    expect(departure.mails()).toHaveLength(1);
  });

  test('ends a long step at its next heartbeat when the grace is over, to be tried again', async () => {
    const departure = await underWay(async () => {
      for (;;) {
        engine.ports.heartbeat({ sent: 0 });
        await sleep(100);
      }
    });
    const beganAtMs = performance.now();
    await engine.stop();
    const tookMs = performance.now() - beganAtMs;
    expect(tookMs).toBeGreaterThan(9_000);
    expect(tookMs).toBeLessThan(14_000);
    const evidence = await notice(departure);
    expect([evidence?.status, evidence?.errorCode]).toEqual(['failed', 'WORKER_STOPPED']);
    expect(departure.mails()).toHaveLength(0);
  });
});
