import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { effectComplaints } from '../support/effect-check.ts';
import { caller, nextWaits, withDirectory } from '../support/http-company.ts';
import type { Caller, DepartureView } from '../support/http-company.ts';
import { eventually } from '../support/installation.ts';
import {
  DAY_ZERO_DONE,
  DAY_ZERO_OPERATIONS,
  dayZeroStatuses,
  foundCompany,
} from '../support/mass-departure.ts';
import type { Company } from '../support/mass-departure.ts';
import { createPackagedMachine, PROCESSES, seeProcess } from '../support/packaged-start.ts';
import type { PackagedMachine, PackagedStart } from '../support/packaged-start.ts';
import { runCommandLine } from '../support/run-command-line.ts';

/*
 * Backups of an installation at work, in the middle of many departures, and one of what a kill -9 of everything left. Each
 * is restored on a machine of its own, where every case must go on to its next wait with nothing lost and nothing done twice.
 */
const LIMIT_MS = 400_000;
const WAVE = 5;
const LAST_WAVE = 3;

interface Backup {
  readonly file: string;
  readonly takenAt: string;
  readonly whileRunning: boolean;
  /** The mails that had been sent before it began. */
  readonly sent: readonly string[];
}

let machine: PackagedMachine;
let start: PackagedStart;
let company: Company;
let key: string;
let early: Backup;
let late: Backup;
let atRest: Backup;
const machines: PackagedMachine[] = [];

beforeAll(async () => {
  machine = await newMachine();
  start = await machine.start();
  key = await start.firstKey();
  company = await foundCompany(machine, start, 2 * WAVE + LAST_WAVE);
  early = await backUpAmidst(0, WAVE);
  await eventually(() => outboxOf(machine).length > 0);
  await sleep(2_000);
  late = await backUpAmidst(WAVE, WAVE);
  await company.dismiss(company.leavers.slice(2 * WAVE));
  const running = [start.pid, ...PROCESSES.map((name) => machine.pid(name))].map(seeProcess);
  running.forEach(({ pid }) => process.kill(pid, 'SIGKILL'));
  await eventually(() => !running.some((one) => one.isRunning()));
  atRest = await backUp('at-rest');
  expect([early, late, atRest].map((one) => one.whileRunning)).toEqual([true, true, false]);
}, LIMIT_MS);

afterAll(() => Promise.all(machines.map((one) => one.close())), 90_000);

async function newMachine(): Promise<PackagedMachine> {
  const made = await createPackagedMachine();
  machines.push(made);
  return made;
}

function fileOf(name: string): string {
  return join(machine.installation.dataFolder, '..', `${name}.backup`);
}

function outboxOf({ installation }: PackagedMachine): readonly string[] {
  const folder = join(installation.dataFolder, 'outbox');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : [];
}

async function backUp(name: string): Promise<Backup> {
  const sent = outboxOf(machine);
  const { code, out, err } = await runCommandLine(
    ['--json', 'backup', fileOf(name)],
    machine.installation.env,
  );
  if (code !== 0) throw new Error(`no backup: ${err}`);
  return { ...(JSON.parse(out) as Backup), sent };
}

/** While a wave of people leaves, and goes on leaving until the backup is there. */
async function backUpAmidst(from: number, count: number): Promise<Backup> {
  const [first, ...others] = company.leavers.slice(from, from + count);
  await company.dismiss([first!, ...others.slice(0, 1)]);
  const dismissing = (async () => {
    for (const person of others.slice(1)) await company.dismiss([person]);
  })();
  const made = await backUp(`from-${from}`);
  await dismissing;
  return made;
}

async function restoredFrom({ file }: Backup): Promise<PackagedMachine> {
  const restored = await newMachine();
  const { dataFolder, env } = restored.installation;
  const { code, err } = await runCommandLine(['restore', file, '--into', dataFolder], env);
  if (code !== 0) throw new Error(`not restored: ${err}`);
  return restored;
}

async function casesOf(call: Caller): Promise<readonly DepartureView[]> {
  const { body } = await call('GET', '/v1/departures?limit=200');
  return body['items'] as readonly DepartureView[];
}

/** What the directory's log says against it: whoever has a case must have seen day 0 once, and everybody else nothing. */
async function complaints(restored: PackagedMachine, call: Caller): Promise<readonly string[]> {
  const orgId = String((await call('GET', '/v1/organisation')).body['id']);
  const leaving = new Set((await casesOf(call)).map(({ personId }) => personId));
  const expected = company.leavers.map(
    ({ id, accountId }) => [accountId, leaving.has(id) ? DAY_ZERO_OPERATIONS : ['createAccount']] as const,
  );
  return withDirectory(restored.databaseUri(), async (directory) =>
    effectComplaints(await directory.readEffects(orgId), new Map(expected)),
  );
}

/** How many steps were carried out after the backup was taken: by whoever was restored from it. */
function stepsSince(views: readonly DepartureView[], takenAt: string): number {
  const rounds = views.flatMap(({ steps }) => steps.flatMap((step) => step.rounds));
  return rounds.filter(({ recordedAt }) => recordedAt > takenAt).length;
}

test.each([
  ['taken in the middle of many writes', () => early, 2],
  ['taken in the middle of more of them', () => late, WAVE + 2],
  ['of what a kill -9 of everything left', () => atRest, 2 * WAVE + LAST_WAVE],
])(
  'a backup %s goes on where it was: every case to its next wait, nothing lost, nothing twice',
  async (_what, backup, atLeastCases) => {
    const restored = await restoredFrom(backup());
    // What was sent is known to have been sent.
    expect(outboxOf(restored)).toEqual(expect.arrayContaining([...backup().sent]));
    const again = await restored.start();
    const call = caller(restored.baseUrl, key);
    const ids = (await casesOf(call)).map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(atLeastCases);
    const views = await nextWaits(call, ids, 120_000);
    expect(views.map(dayZeroStatuses)).toEqual(ids.map(() => DAY_ZERO_DONE));
    expect(await complaints(restored, call)).toEqual([]);
    const since = stepsSince(views, backup().takenAt);
    process.stderr.write(`${ids.length} cases, ${since} steps carried out after the restore\n`);
    expect(since).toBeGreaterThan(0);
    // It is the same installation: it neither makes a key nor loses one.
    expect(again.keys()).toEqual([]);
  },
  LIMIT_MS,
);

test(
  'the check notices databases of two instants: a Temporal that knows more than the store believes in steps nobody carried out',
  async () => {
    const mixed = await restoredFrom(early);
    const later = await restoredFrom(late);
    copyFileSync(
      join(later.installation.dataFolder, 'temporal.db'),
      join(mixed.installation.dataFolder, 'temporal.db'),
    );
    await mixed.start();
    await sleep(8_000);
    const found = await complaints(mixed, caller(mixed.baseUrl, key));
    process.stderr.write(`${found.join('\n')}\n`);
    expect(found.filter((line) => line.endsWith('0 times instead of 1')).length).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
