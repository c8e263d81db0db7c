import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { startStore } from '../../standalone/store/start-store.ts';
import type { RunningStore } from '../../standalone/store/start-store.ts';
import { readCompose, REQUIRED } from '../support/compose.ts';
import { commandOf } from '../support/dockerfile.ts';
import { caller, departure, hire, nextWaits } from '../support/http-company.ts';
import type { Caller } from '../support/http-company.ts';
import { buildImage } from '../support/image.ts';
import type { Image, ImageProcess } from '../support/image.ts';
import { eventually, freePort, isHeld } from '../support/installation.ts';
import { runNamespaceScript } from '../support/namespace-script.ts';
import { testVariable, uniqueName } from '../support/temporal.ts';

/*
 * What the containers of docker-compose.yml run, without containers: the image is built by the Dockerfile's own commands, and
 * its processes get the environment of the compose file, with addresses of this machine in place of the service names.
 */
type Service = 'api' | 'worker';

const compose = readCompose({ ...REQUIRED, GANGWAY_API_PROXIES: '1' });
const METRICS_TOKEN = 'the-token-of-whoever-reads-metrics';
const STORE_SECRET = 'lives-as-long-as-this-test';
const namespace = uniqueName('gangway');
let folder: string;
let image: Image;
let store: RunningStore;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let apiPort: number;
let workerPort: number;
let processes: Readonly<Partial<Record<Service, ImageProcess>>> = {};
let call: Caller;
let firstKey: string;

async function startMailServer() {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      received.push(address);
      done();
    },
    onData: (stream, _session, done) => void stream.resume().once('end', () => done()),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, received, close: () => new Promise<void>((resolve) => server.close(resolve)) };
}

function environmentOf(service: Service): Readonly<Record<string, string>> {
  const given = Object.entries(compose.services[service]!.environment ?? {}).map(
    ([name, value]) => [name, value.replace('/run/secrets', join(folder, 'secrets'))] as const,
  );
  return {
    ...Object.fromEntries(given),
    TEMPORAL_ADDRESS: testVariable('GANGWAY_TEST_TEMPORAL_ADDRESS'),
    TEMPORAL_NAMESPACE: namespace,
    GANGWAY_API_HOST: '127.0.0.1',
    GANGWAY_API_PORT: String(apiPort),
    ...(service === 'worker' ? { GANGWAY_METRICS_ADDRESS: `127.0.0.1:${workerPort}` } : {}),
  };
}

function makeFirstKey() {
  return image.exec('api', ['node', 'dist/api/first-key.js'], environmentOf('api'));
}

async function isHealthy(service: Service): Promise<boolean> {
  const { code } = await image.exec(service, commandOf(service, 'HEALTHCHECK'), environmentOf(service));
  return code === 0;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-production-'));
  store = await startStore({ folder: join(folder, 'store'), port: 0, secret: STORE_SECRET });
  mail = await startMailServer();
  apiPort = await freePort();
  workerPort = await freePort();
  const buildingAtMs = performance.now();
  image = buildImage(folder);
  process.stderr.write(`the image took ${Math.round((performance.now() - buildingAtMs) / 1000)} s\n`);
  await runNamespaceScript(namespace);
  mkdirSync(join(folder, 'secrets'));
  for (const [name, text] of [
    ['metrics-token', METRICS_TOKEN],
    ['mongodb-uri', store.uri],
    ['smtp-url', `smtp://127.0.0.1:${mail.port}`],
    ['secret-key', Buffer.alloc(32, 7).toString('base64')],
  ] as const)
    writeFileSync(join(folder, 'secrets', name), `${text}\n`);
  processes = {
    api: image.start('api', environmentOf('api')),
    worker: image.start('worker', environmentOf('worker')),
  };
  await eventually(() => isHeld(apiPort), 60_000);
  await eventually(() => processes.worker!.output().includes('"ready"'), 60_000);
}, 540_000);

afterAll(async () => {
  await Promise.all(Object.values(processes).map((one) => one.end('SIGKILL')));
  await mail.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

test('the image holds what runs and no development dependency', () => {
  expect(readdirSync(image.appFolder).sort()).toEqual(['dist', 'node_modules', 'package.json']);
  for (const name of ['typescript', 'jest', 'prettier', '@swc/jest'])
    expect(existsSync(join(image.appFolder, 'node_modules', name))).toBe(false);
  expect(existsSync(join(image.appFolder, 'dist', 'workflow-bundle.js'))).toBe(true);
});

describe('the first key', () => {
  test('is made and shown by a command, and by no process', async () => {
    const { code, output } = await makeFirstKey();
    expect([code, output]).toEqual([0, expect.stringMatching(/^gw_\w{8}_[\w-]{43}\n$/)]);
    firstKey = output.trim();
    call = caller(`http://127.0.0.1:${apiPort}`, firstKey);
    expect((await call('GET', '/v1/organisation')).status).toBe(200);
  });

  test('is made once', async () => {
    expect(await makeFirstKey()).toEqual({
      code: 1,
      output: '',
      errors: 'gangway: There is a key already: it makes further ones with POST /v1/api-keys.\n',
    });
  });
});

test('both processes are healthy', async () => {
  await eventually(() => isHealthy('api'));
  await eventually(() => isHealthy('worker'));
});

test('both tell their metrics to whoever has the token, and to nobody else', async () => {
  for (const port of [apiPort, workerPort]) {
    const url = `http://127.0.0.1:${port}/metrics`;
    const headers = { Authorization: `Bearer ${METRICS_TOKEN}` };
    expect([(await fetch(url)).status, (await fetch(url, { headers })).status]).toEqual([401, 200]);
  }
});

test('behind a proxy, each caller has a limit of its own for wrong keys', async () => {
  const wrongKey = async (caller: string): Promise<number> => {
    const headers = { Authorization: `Bearer gw_aaaaaaaa_${'a'.repeat(43)}`, 'X-Forwarded-For': caller };
    return (await fetch(`http://127.0.0.1:${apiPort}/v1/people`, { headers })).status;
  };
  let tries = 1;
  while ((await wrongKey('203.0.113.1')) === 401 && tries < 1_000) tries += 1;
  expect(tries).toBeLessThan(1_000);
  expect([await wrongKey('203.0.113.1'), await wrongKey('203.0.113.2')]).toEqual([429, 401]);
});

test('a departure runs through day 0, and its mail leaves by the mail server', async () => {
  const manager = await hire(call, { firstName: 'Mona', lastName: 'Berg', address: 'mona@example.com' });
  const person = { firstName: 'Lea', lastName: 'Kern', address: 'lea@example.com', managerId: manager.id };
  const leaver = await hire(call, person);
  const asked = { personId: leaver.id, urgent: true, reason: 'dismissed' };
  const { status, body } = await call('POST', '/v1/departures', asked);
  expect(status).toBe(202);
  const caseId = String(body['id']);
  await nextWaits(call, [caseId], 90_000);
  const { steps, needsAttention } = await departure(call, caseId);
  expect(needsAttention).toBe(false);
  const dayZero = ['disable-account', 'rotate-password', 'revoke-sessions', 'prove-day-0'];
  expect(steps.filter(({ key }) => dayZero.includes(key)).map((step) => step.status)).toEqual(
    dayZero.map(() => 'done'),
  );
  expect(mail.received).toContain(manager.address);
});

test('both stop with exit code 0 when they are asked to, and are then not healthy', async () => {
  expect(await Promise.all([processes.api!.end('SIGTERM'), processes.worker!.end('SIGTERM')])).toEqual([
    0, 0,
  ]);
  expect([await isHealthy('api'), await isHealthy('worker')]).toEqual([false, false]);
});

test('neither wrote a secret into its log', () => {
  for (const one of Object.values(processes))
    for (const secret of [firstKey, STORE_SECRET, METRICS_TOKEN]) expect(one.output()).not.toContain(secret);
});

test('a process that cannot start says why, and leaves with the code of its reason', async () => {
  const env = { ...environmentOf('worker'), GANGWAY_SECRET_KEY_FILE: '/nowhere' };
  const { code, errors } = await image.exec('worker', commandOf('worker', 'CMD'), env);
  expect([code, errors]).toEqual([
    78,
    expect.stringMatching(/^gangway: GANGWAY_SECRET_KEY_FILE names a file .* \[SECRET_FILE_UNREADABLE\]\n$/),
  ]);
});
