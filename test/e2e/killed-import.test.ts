import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BAD_OF_A_HUNDRED, csvFile, endStateOf, type EndState } from '../support/imported-file.ts';
import { seededNumbers } from '../support/mass-departure.ts';
import {
  createPackagedMachine,
  type PackagedMachine,
  type PackagedStart,
} from '../support/packaged-start.ts';

/* A file of 5,000 rows, three of a hundred bad and two asking for what another has, in two installations: one is left alone. */
const ROWS = 5_000;
const LIMIT_MS = 400_000;
const ENDS_WITHIN_MS = 240_000;

interface Progress {
  readonly state: string;
  readonly run?: { readonly rows?: number };
}

let random: () => number;
let calm: Imported;
beforeAll(async () => {
  const seed = Number(process.env['GANGWAY_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stderr.write(`kill -9 while a file is imported: GANGWAY_TEST_SEED=${seed}\n`);
  random = seededNumbers(seed);
  calm = await startImporting();
}, LIMIT_MS);
afterAll(() => calm.machine.close(), 60_000);

interface Imported {
  readonly machine: PackagedMachine;
  readonly start: PackagedStart;
  readonly ask: (
    method: string,
    path: string,
    body?: string,
    type?: string,
  ) => Promise<Readonly<Record<string, unknown>>>;
  /** Waits for one of these states, and does something at every look. */
  readonly until: (
    id: string,
    states: readonly string[],
    meanwhile?: () => Promise<void>,
  ) => Promise<Progress>;
  endState(id: string): Promise<EndState>;
}

async function startImporting(): Promise<Imported> {
  const machine = await createPackagedMachine();
  const start = await machine.start();
  const key = await start.firstKey();
  const ask: Imported['ask'] = async (method, path, body, type = 'application/json') => {
    // Whatever is down is back in some seconds; the key makes it one request.
    const idempotencyKey = `${method}${path}`.replaceAll('/', '.');
    for (let tried = 1; ; tried += 1) {
      const response = await fetch(`${machine.baseUrl}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${key}`,
          ...(method === 'GET' ? {} : { 'Idempotency-Key': idempotencyKey, 'Content-Type': type }),
        },
        ...(body === undefined ? {} : { body }),
      }).catch(() => undefined);
      if (response !== undefined && response.status < 500 && response.status !== 429) {
        const answer = (await response.json()) as Readonly<Record<string, unknown>>;
        if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
        return answer;
      }
      if (tried === 300) throw new Error(`${method} ${path} was not answered`);
      await sleep(300);
    }
  };
  return {
    machine,
    start,
    ask,
    async until(id, states, meanwhile = () => Promise.resolve()) {
      for (const giveUpAt = performance.now() + ENDS_WITHIN_MS; ;) {
        const seen = (await ask('GET', `/v1/imports/${id}`)) as unknown as Progress;
        if (states.includes(seen.state)) return seen;
        if (performance.now() > giveUpAt)
          throw new Error(`the import came no further than ${JSON.stringify(seen)}`);
        await meanwhile();
        await sleep(500);
      }
    },
    async endState(id) {
      const { orgId } = (await ask('GET', `/v1/imports/${id}`)) as { readonly orgId?: string };
      const organisation = await ask('GET', '/v1/organisation');
      return endStateOf(machine.databaseUri(), orgId ?? String(organisation['id']), id);
    },
  };
}

async function importAll(
  { ask, until }: Imported,
  meanwhile?: { readonly dryRun: () => Promise<void>; readonly run: () => Promise<void> },
): Promise<string> {
  const { id } = (await ask('POST', '/v1/imports', csvFile(ROWS), 'text/csv')) as { readonly id: string };
  await ask('POST', `/v1/imports/${id}/dry-run`, '{}');
  expect((await until(id, ['ready', 'stopped'], meanwhile?.dryRun)).state).toBe('ready');
  await ask('POST', `/v1/imports/${id}/launch`, '{}');
  expect((await until(id, ['finished', 'stopped'], meanwhile?.run)).state).toBe('finished');
  return id;
}

/** Sends half a file and dies with the API. */
async function hangUpHalfWay({ machine, start }: Imported, key: string): Promise<void> {
  const sending = request(`${machine.baseUrl}/v1/imports`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'text/csv', 'Content-Length': 10_000_000 },
  });
  const broken = new Promise((resolve) => sending.once('error', resolve));
  sending.write(csvFile(2_000));
  await sleep(300);
  await machine.killAndAwait(start, 'api');
  await broken;
}

test(
  'kill -9 of the API during an upload, of the worker and of the store at random: the end is that of the undisturbed run',
  async () => {
    const undisturbed = await calm.endState(await importAll(calm));
    const counts = undisturbed.counts!;
    expect(counts.failed).toBe((ROWS / 100) * BAD_OF_A_HUNDRED);
    expect(counts.created + counts.failed + counts.unchanged + counts.updated + counts.departures).toBe(ROWS);
    expect(undisturbed.created).toBe(counts.created);
    expect(undisturbed.accounts).toHaveLength(counts.created);
    expect(undisturbed.claims.filter((claim) => claim.endsWith('NOBODY'))).toEqual([]);

    const shaken = await startImporting();
    try {
      await hangUpHalfWay(shaken, await shaken.start.firstKey());
      expect(await shaken.ask('GET', '/v1/imports')).toMatchObject({ items: [] });
      const kills = { worker: 0, store: 0 };
      const killNow = (most: number) => async (): Promise<void> => {
        if (kills.worker + kills.store >= most || random() < 0.4) return;
        const victim = random() < 0.6 ? 'worker' : 'store';
        kills[victim] += 1;
        await sleep(random() * 400);
        await shaken.machine.killAndAwait(shaken.start, victim);
      };
      const id = await importAll(shaken, { dryRun: killNow(3), run: killNow(8) });
      process.stderr.write(`killed meanwhile: ${JSON.stringify(kills)}\n`);
      expect(kills.worker + kills.store).toBeGreaterThan(2);
      expect(await shaken.endState(id)).toEqual(undisturbed);
      const uploads = join(shaken.machine.installation.dataFolder, 'imports');
      const left = readdirSync(uploads, { recursive: true, withFileTypes: true }).filter((one) =>
        one.isFile(),
      );
      expect(left.map(({ name }) => name).filter((name) => !name.endsWith('.tmp'))).toEqual([]);
    } finally {
      await shaken.machine.close();
    }
  },
  LIMIT_MS,
);
