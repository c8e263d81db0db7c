import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/installation.ts';
import { DAY_ZERO_DONE, dayZeroStatuses, foundCompany, seededNumbers } from '../support/mass-departure.ts';
import type { Company } from '../support/mass-departure.ts';
import { createPackagedMachine, PROCESSES, seeProcess } from '../support/packaged-start.ts';
import type { PackagedMachine, PackagedStart } from '../support/packaged-start.ts';

/* One installation that is killed piece by piece and altogether, in the order of the tests. */
const LIMIT_MS = 200_000;
/** Fifteen seconds, and what a machine under load takes to come to it. */
const CHILDREN_STOP_WITHIN_MS = 30_000;
const VICTIMS = ['temporal-server', 'store', 'worker', 'api', 'temporal'] as const;

let machine: PackagedMachine;
let start: PackagedStart;
let company: Company;
let caseIds: readonly string[] = [];
let random: () => number;

beforeAll(async () => {
  const seed = Number(process.env['GANGWAY_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stderr.write(`kill -9 of everything: GANGWAY_TEST_SEED=${seed}\n`);
  random = seededNumbers(seed);
  machine = await createPackagedMachine();
  start = await machine.start();
  company = await foundCompany(machine, start, 12);
}, LIMIT_MS);

afterAll(() => machine.close(), 60_000);

async function everythingDoneOnce(): Promise<void> {
  const views = await company.nextWaits(caseIds, 150_000);
  expect(views.map(dayZeroStatuses)).toEqual(caseIds.map(() => DAY_ZERO_DONE));
  expect(await company.complaints(company.leavers.slice(0, caseIds.length))).toEqual([]);
}

async function dismissNext(count: number): Promise<void> {
  const people = company.leavers.slice(caseIds.length, caseIds.length + count);
  caseIds = [...caseIds, ...(await company.dismiss(people))];
  await sleep(random() * 600);
}

test(
  'kill -9 of each child in turn is made good, and departures under way go on',
  async () => {
    for (const victim of VICTIMS) {
      await dismissNext(1);
      const inFlight = (await company.atWork(caseIds)).length;
      const backMs = await machine.killAndAwait(start, victim);
      process.stderr.write(
        `${victim} killed with ${inFlight} in flight; everything ready after ${Math.round(backMs)} ms\n`,
      );
    }
    await everythingDoneOnce();
  },
  LIMIT_MS,
);

test(
  'kill -9 of the supervisor and all children at once: the next start resumes every case',
  async () => {
    await dismissNext(5);
    const inFlight = await company.atWork(caseIds);
    expect(inFlight.length).toBeGreaterThan(0);
    const running = [start.pid, ...PROCESSES.map((name) => machine.pid(name))].map(seeProcess);
    running.forEach(({ pid }) => process.kill(pid, 'SIGKILL'));
    await eventually(() => !running.some((one) => one.isRunning()));
    start = await machine.start();
    process.stderr.write(
      `everything killed with ${inFlight.length} in flight; runs again ${Math.round(start.readyAfterMs)} ms later\n`,
    );
    await everythingDoneOnce();
    expect(start.keys()).toEqual([]);
  },
  LIMIT_MS,
);

test(
  'kill -9 of the supervisor alone leaves no port held and no process, and loses no case',
  async () => {
    await dismissNext(2);
    const seen = PROCESSES.map((name) => ({ name, process: seeProcess(machine.pid(name)) }));
    const left = () => seen.filter((one) => one.process.isRunning()).map(({ name }) => name);
    const killedAtMs = performance.now();
    process.kill(start.pid, 'SIGKILL');
    const passedMs = (): number => Math.round(performance.now() - killedAtMs);
    await eventually(async () => (await machine.heldPorts()).length === 0, 10_000);
    process.stderr.write(`no port held ${passedMs()} ms after the supervisor was killed\n`);
    // Whoever was at work may bring it to its end, for as long as a child may take to stop.
    const stopped = eventually(() => left().length === 0, CHILDREN_STOP_WITHIN_MS);
    await stopped.catch(() => expect(left()).toEqual([]));
    process.stderr.write(`no process left ${passedMs()} ms after\n`);
    start = await machine.start();
    await everythingDoneOnce();
  },
  LIMIT_MS,
);
