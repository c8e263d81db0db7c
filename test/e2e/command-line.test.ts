import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { caller, once } from '../support/http-company.ts';
import { eventually } from '../support/installation.ts';
import { createPackagedMachine } from '../support/packaged-start.ts';
import type { PackagedMachine, PackagedStart } from '../support/packaged-start.ts';
import { runCommandLine, startCommandLine } from '../support/run-command-line.ts';
import type { CommandRun } from '../support/run-command-line.ts';

/* An administrator at a terminal, with nothing but the command line and the key that the first start printed. */
let machine: PackagedMachine;
let start: PackagedStart;
let key: string;
let id: string;

beforeAll(async () => {
  machine = await createPackagedMachine();
  start = await machine.start();
  key = await start.firstKey();
  for (const [firstName, address] of [
    ['Mona', 'mona@example.com'],
    ['Lea', 'lea@example.com'],
  ] as const) {
    const response = await fetch(`${machine.baseUrl}/v1/people`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ firstName, lastName: 'Berg', address }),
    });
    expect(response.status).toBe(201);
  }
});
afterAll(() => machine.close());

const env = () => ({ ...machine.installation.env, GANGWAY_API_KEY: key });
function gangway(...args: readonly string[]): Promise<CommandRun> {
  return runCommandLine(args, env());
}

test('doctor finds the installation that runs, and everything behind it', async () => {
  const { code, out } = await gangway('doctor');
  expect(out).toMatch(/^ok +Installation +runs, and everything behind it answers$/mu);
  expect(out).toMatch(new RegExp(`^ok +Ports .*process ${start.pid} runs on this folder$`, 'mu'));
  expect(out).not.toMatch(/^problem/mu);
  expect(code).toBe(0);
});

test('an urgent departure is asked for by address and watched until nobody gets in any more', async () => {
  const asked = await gangway(
    ...['depart', 'lea@example.com', '--urgent', '--reason', 'dismissed', '--yes'],
    ...['--contact', 'mona@example.com'],
  );
  expect([asked.code, asked.err]).toEqual([0, '']);
  id = asked.out.split('\n')[0]!;
  const { code, out } = await gangway('watch', id, '--until', 'day0');
  expect(code).toBe(0);
  expect(out).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d {2}disable-account +done$/mu);
  expect(out).toMatch(/prove-day-0 +done$/mu);
  // Nobody sits there: no colours.
  expect(out).not.toContain('\u001B');
});

test('a watch outlives the API, shows nothing twice and misses nothing, and ends at once with Ctrl-C', async () => {
  const watch = startCommandLine(['watch', id], env());
  const shows = (line: RegExp): Promise<void> => eventually(() => line.test(watch.out()));
  await shows(/^The departure is running/mu);
  await machine.killAndAwait(start, 'api');
  const call = caller(machine.baseUrl, key);
  expect((await call('POST', `/v1/departures/${id}/pause`, {}, once())).status).toBe(200);
  await shows(/^The departure is paused/mu);
  expect((await call('POST', `/v1/departures/${id}/resume`, {}, once())).status).toBe(200);
  await shows(/^The departure is paused.*\n[^]*The departure is running/mu);
  const interruptedAtMs = performance.now();
  watch.interrupt();
  const { code, out, err } = await watch.ended;
  expect(performance.now() - interruptedAtMs).toBeLessThan(2_000);
  expect(code).toBe(130);
  expect(err).toMatch(/^(No answer yet; trying again …\n)?$/u);
  expect(out.match(/disable-account +done/gu)).toHaveLength(1);
});

test('with --json standard output is one document', async () => {
  const { out } = await gangway('departures', '--json');
  expect(JSON.parse(out)).toMatchObject({ items: [{ id, state: 'running' }] });
});

test('a machine that does not run is told from one that refuses', async () => {
  expect((await gangway('retry', id, 'disable-account')).code).toBe(4);
  expect(await start.end('SIGINT')).toBe(0);
  const { code, err } = await gangway('departures');
  expect([code, err]).toEqual([3, expect.stringMatching(/No answer yet.*\n.*\(UNREACHABLE\)/u)]);
  expect((await gangway('doctor')).out).toMatch(/^ok +Installation +does not run/mu);
});

test('npx gangway starts what is built', () => {
  const script = join(packageRoot, 'scripts', 'gangway.mjs');
  const { status, stdout } = spawnSync(process.execPath, [script, '--version'], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/u)]);
});
