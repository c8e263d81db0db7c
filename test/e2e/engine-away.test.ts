import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { caller, departure, hire, nextWaits, once, sessionResult, signIn } from '../support/http-company.ts';
import type { Caller, Employee } from '../support/http-company.ts';
import { eventually } from '../support/installation.ts';
import { createPackagedMachine } from '../support/packaged-start.ts';
import type { PackagedMachine } from '../support/packaged-start.ts';
import { createOwnedTemporal } from '../support/test-owned-temporal.ts';
import type { OwnedTemporal } from '../support/test-owned-temporal.ts';

/* A Temporal server that is not ours goes away and comes back, in the order of the tests. */
const BACK_WITHIN_MS = 30_000;
const LIMIT_MS = 120_000;

let machine: PackagedMachine;
let temporal: OwnedTemporal;
let call: Caller;
let before: string;
let requested: string;
let sessionToken: string;
let people: readonly Employee[];

beforeAll(async () => {
  machine = await createPackagedMachine();
  temporal = await createOwnedTemporal(dirname(machine.installation.dataFolder));
  await temporal.start();
  const start = await machine.start({ env: { TEMPORAL_ADDRESS: temporal.address } });
  call = caller(machine.baseUrl, await start.firstKey());
  people = await Promise.all(
    [1, 2].map((n) =>
      hire(call, { firstName: 'Lea', lastName: `Kern ${n}`, address: `lea${n}@example.com` }),
    ),
  );
  sessionToken = String((await signIn(call, people[1]!.address, people[1]!.password))['sessionToken']);
  const asked = await call('POST', '/v1/departures', {
    personId: people[0]!.id,
    urgent: true,
    reason: 'moved',
  });
  before = String(asked.body['id']);
  await nextWaits(call, [before], 60_000);
  await temporal.stop();
}, LIMIT_MS);

afterAll(async () => {
  await machine.close();
  await temporal.stop();
}, 60_000);

test('without its engine the API answers reads and says what is missing', async () => {
  expect((await departure(call, before)).state).toBe('running');
  expect((await call('GET', '/v1/people')).status).toBe(200);
  const ready = await fetch(`${machine.baseUrl}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'not_ready', notReady: ['engine'] }]);
});

test('without its engine the API boots', async () => {
  const killed = machine.kill('api');
  await eventually(async () => {
    const health = await fetch(`${machine.baseUrl}/healthz`).catch(() => undefined);
    return ![0, killed].includes(machine.installation.pid('api')) && health?.status === 200;
  }, 30_000);
  expect((await departure(call, before)).id).toBe(before);
});

test('a command is answered with 503 and when to come back, and a departure is taken', async () => {
  const pause = await call('POST', `/v1/departures/${before}/pause`, {}, once());
  expect([pause.status, pause.body['code'], pause.headers.get('retry-after')]).toEqual([
    503,
    'ENGINE_UNAVAILABLE',
    '10',
  ]);
  const askedAtMs = performance.now();
  const asked = await call('POST', '/v1/departures', {
    personId: people[1]!.id,
    urgent: true,
    reason: 'moved',
  });
  requested = String(asked.body['id']);
  process.stderr.write(`202 without an engine after ${Math.round(performance.now() - askedAtMs)} ms\n`);
  expect([asked.status, asked.body['engine'], asked.body['state']]).toEqual([202, 'requested', 'scheduled']);
  expect(await sessionResult(call, sessionToken)).toMatchObject({ result: 'active' });
});

test(
  'the departure starts by itself soon after the engine is back',
  async () => {
    await temporal.start();
    const backAtMs = performance.now();
    await nextWaits(call, [requested], LIMIT_MS - 10_000);
    const tookMs = performance.now() - backAtMs;
    process.stderr.write(`started and through day 0 ${Math.round(tookMs)} ms after the engine was back\n`);
    expect(await sessionResult(call, sessionToken)).toMatchObject({ status: 401 });
    expect(tookMs).toBeLessThan(BACK_WITHIN_MS);
  },
  LIMIT_MS,
);

test('commands are taken again', async () => {
  const pause = await call('POST', `/v1/departures/${before}/pause`, {}, once());
  expect([pause.status, pause.body['state']]).toEqual([200, 'paused']);
});
