import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { DAY_ZERO_DONE, dayZeroStatuses, foundCompany, seededNumbers } from '../support/mass-departure.ts';
import { createPackagedMachine } from '../support/packaged-start.ts';
import type { PackagedMachine } from '../support/packaged-start.ts';

const LONGEST_LIFE_MS = 1_500;
const LIMIT_MS = 540_000;

const BROUGHT_BACK_AT_ONCE = {
  entry: join(packageRoot, 'test', 'support', 'start-with-worker.mjs'),
  env: { GANGWAY_TEST_WORKER: join(packageRoot, 'dist', 'worker', 'main.js') },
};

let machine: PackagedMachine;

beforeEach(async () => {
  machine = await createPackagedMachine();
});
afterEach(() => machine.close(), 60_000);

test.each([
  { headcount: 20, kills: 5, withinMs: 150_000, usualBackOff: true },
  // The usual back-off would grow to half a minute between two kills.
  { headcount: 200, kills: 20, withinMs: 300_000, usualBackOff: false },
])(
  '$headcount departures in flight lose nothing and do nothing twice while their worker is killed $kills times',
  async ({ headcount, kills, withinMs, usualBackOff }) => {
    const seed = Number(process.env['GANGWAY_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    process.stderr.write(`kill -9 of the worker: GANGWAY_TEST_SEED=${seed}\n`);
    const random = seededNumbers(seed);
    const start = await machine.start(usualBackOff ? {} : BROUGHT_BACK_AT_ONCE);
    const company = await foundCompany(machine, start, headcount);

    const caseIds = await company.dismiss(company.leavers);
    for (let kill = 1; kill <= kills; kill += 1) {
      const lifeMs = Math.round(random() * LONGEST_LIFE_MS);
      await sleep(lifeMs);
      const inFlight = await company.atWork(caseIds);
      const backMs = await machine.killAndAwait(start, 'worker');
      process.stderr.write(
        `kill ${kill} after ${lifeMs} ms, ${inFlight.length} in flight; back in ${Math.round(backMs)} ms\n`,
      );
      expect(inFlight.length).toBeGreaterThan(0);
    }
    const startedAtMs = performance.now();
    const views = await company.nextWaits(caseIds, withinMs);
    process.stderr.write(
      `all wait again ${Math.round((performance.now() - startedAtMs) / 1000)} s after the last\n`,
    );

    expect(start.restarts('worker')).toBe(kills);
    expect(views.map(dayZeroStatuses)).toEqual(caseIds.map(() => DAY_ZERO_DONE));
    expect(views.filter((view) => view.needsAttention || view.state !== 'running')).toEqual([]);
    expect(await company.complaints(company.leavers)).toEqual([]);
    // One notice to the manager of each.
    const outbox = readdirSync(join(machine.installation.dataFolder, 'outbox'));
    expect(outbox.filter((name) => name.endsWith('.eml'))).toHaveLength(headcount);
  },
  LIMIT_MS,
);
