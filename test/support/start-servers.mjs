import { fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = join(import.meta.dirname, '..', '..', 'dist');
const compiled = (path) => import(pathToFileURL(join(dist, path)).href);

/** The real server's own time skipping; without the shift each wake-up of a skipped timer costs a second. */
const TIME_SKIPPING = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'system.workflowTimeSkippingEnabled=true',
  'history.timerProcessorMaxTimeShift="10ms"',
].flatMap((setting) => ['--dynamic-config-value', setting]);

/**
 * Starts one Temporal server (in memory, with time skipping) and one embedded store for the whole run, however many
 * projects ask, and names them to the tests: GANGWAY_TEST_TEMPORAL_ADDRESS, GANGWAY_TEST_TEMPORAL_BINARY,
 * GANGWAY_TEST_MONGODB_URI.
 */
export default async function startServers() {
  globalThis.gangwayTestServers ??= start();
  await globalThis.gangwayTestServers;
}

async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-test-'));
  const [temporal, store] = await Promise.all([startTemporal(folder), startStore(folder)]);
  return { folder, temporal, store };
}

async function startTemporal(folder) {
  const { obtainTemporal } = await compiled('standalone/temporal/obtain-temporal.js');
  const { readConfig } = await compiled('shared/platform/config/read-config.js');
  const { cacheFolder } = readConfig(process.env);
  const onProgress = ({ step, elapsedSeconds }) => {
    if (elapsedSeconds % 15 === 0) process.stderr.write(`Temporal: ${step}, ${elapsedSeconds} s\n`);
  };
  const { path } = await obtainTemporal({ cacheFolder, path: process.env.PATH, onProgress });
  const port = await freePort();
  const options = ['--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'];
  const guardian = fork(
    join(dist, 'standalone', 'processes', 'guardian.js'),
    [join(folder, 'temporal.pid'), String(port), path, 'server', 'start-dev', ...options, ...TIME_SKIPPING],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  await readyMessage(guardian, 'the Temporal server');
  guardian.unref();
  guardian.channel?.unref();
  await prepare(`127.0.0.1:${port}`);
  process.env.GANGWAY_TEST_TEMPORAL_ADDRESS = `127.0.0.1:${port}`;
  process.env.GANGWAY_TEST_TEMPORAL_BINARY = path;
  return guardian;
}

async function prepare(address) {
  const { connectTemporal } = await compiled('shared/platform/temporal/connect.js');
  const { prepareNamespace } = await compiled('shared/platform/temporal/prepare-namespace.js');
  const { readConfig } = await compiled('shared/platform/config/read-config.js');
  const { connection } = await connectTemporal(readConfig({ TEMPORAL_ADDRESS: address }), 20_000);
  await prepareNamespace(connection, 'default');
  await connection.close();
}

async function startStore(folder) {
  const { startStore: startEmbeddedStore } = await compiled('standalone/store/start-store.js');
  const store = await startEmbeddedStore({
    folder: join(folder, 'store'),
    port: await freePort(),
    secret: 'the-secret-of-the-test-store',
  });
  process.env.GANGWAY_TEST_MONGODB_URI = store.uri;
  return store;
}

function readyMessage(child, what) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${what} stopped during start with exit code ${code}.`)));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
