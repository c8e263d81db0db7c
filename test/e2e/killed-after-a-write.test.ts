import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { DAY_ZERO_DONE, dayZeroStatuses, foundCompany } from '../support/mass-departure.ts';
import { createPackagedMachine } from '../support/packaged-start.ts';
import type { PackagedMachine } from '../support/packaged-start.ts';

/*
 * A worker that dies five times at the worst moment: a write was applied and nobody heard of it. What keeps it from being
 * applied again is that the directory compares first. The second test takes that away, and the same check must notice.
 */
const SUPPORT = join(packageRoot, 'test', 'support');
const ENTRY = join(SUPPORT, 'start-with-worker.mjs');
const DEATHS = 5;
const LIMIT_MS = 240_000;

let machine: PackagedMachine;

beforeEach(async () => {
  machine = await createPackagedMachine();
});
afterEach(() => machine.close(), 60_000);

async function complaintsAfterDeaths(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const start = await machine.start({
    entry: ENTRY,
    env: { GANGWAY_TEST_WORKER: join(SUPPORT, 'mortal-worker.mjs'), ...env },
  });
  const company = await foundCompany(machine, start, 20);
  const views = await company.nextWaits(await company.dismiss(company.leavers), 180_000);
  expect(start.restarts('worker')).toBe(DEATHS);
  expect(views.map(dayZeroStatuses)).toEqual(views.map(() => DAY_ZERO_DONE));
  return company.complaints(company.leavers);
}

test(
  'a write that was applied before its worker died is not applied again',
  async () => {
    expect(await complaintsAfterDeaths({})).toEqual([]);
  },
  LIMIT_MS,
);

test(
  'and the check fails when writes are no longer idempotent',
  async () => {
    const complaints = await complaintsAfterDeaths({ GANGWAY_TEST_CARELESS: 'yes' });
    process.stderr.write(`${complaints.join('\n')}\n`);
    expect(() => expect(complaints).toEqual([])).toThrow();
    expect(complaints.filter((line) => / [2-9] times instead of 1$/u.test(line)).length).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
