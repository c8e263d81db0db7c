import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readConfig } from '../../shared/platform/config/read-config.ts';
import { connectTemporal } from '../../shared/platform/temporal/connect.ts';
import { prepareNamespace } from '../../shared/platform/temporal/prepare-namespace.ts';
import type { BuildProgress } from '../temporal/build-temporal.ts';
import { obtainTemporal } from '../temporal/obtain-temporal.ts';
import { GUARDIAN_ENTRY } from '../temporal/temporal-child.ts';
import { startStore } from '../store/start-store.ts';

/** The real server's own time skipping; without the shift each wake-up of a skipped timer costs a second. */
const TIME_SKIPPING = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'system.workflowTimeSkippingEnabled=true',
  'history.timerProcessorMaxTimeShift="10ms"',
].flatMap((setting) => ['--dynamic-config-value', setting]);

const ANSWERS_WITHIN_MS = 20_000;
const STORE_SECRET = 'lives as long as the folder it is in';

export interface PrivateServers {
  readonly temporalAddress: string;
  /** Path of the `temporal` command. */
  readonly temporalBinary: string;
  /** With its secret. */
  readonly mongodbUri: string;
  stop(): Promise<void>;
}

export interface PrivateServerOptions {
  /** Short-lived; nothing outside it is touched but the cache of the Temporal build. */
  readonly folder: string;
  readonly onProgress: (progress: BuildProgress) => void;
}

/** A Temporal server in memory whose workflows may skip time, and an embedded store, on free ports: for tests and the demo. */
export async function startPrivateServers({
  folder,
  onProgress,
}: PrivateServerOptions): Promise<PrivateServers> {
  const { cacheFolder } = readConfig(process.env);
  const { path } = await obtainTemporal({ cacheFolder, path: process.env['PATH'], onProgress });
  const [port, storePort] = [await freePort(), await freePort()];
  const store = await startStore({ folder: join(folder, 'store'), port: storePort, secret: STORE_SECRET });
  const temporal = await startTemporal(path, port, folder);
  const address = `127.0.0.1:${port}`;
  const { connection } = await connectTemporal(readConfig({ TEMPORAL_ADDRESS: address }), ANSWERS_WITHIN_MS);
  await prepareNamespace(connection, 'default');
  await connection.close();
  return {
    temporalAddress: address,
    temporalBinary: path,
    mongodbUri: store.uri,
    async stop() {
      await stopped(temporal);
      await store.close();
    },
  };
}

async function startTemporal(binary: string, port: number, folder: string): Promise<ChildProcess> {
  const options = ['--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'];
  const guardian = fork(
    GUARDIAN_ENTRY,
    [join(folder, 'temporal.pid'), String(port), binary, 'server', 'start-dev', ...options, ...TIME_SKIPPING],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] },
  );
  await new Promise((resolve, reject) => {
    guardian.once('message', resolve);
    guardian.once('exit', (code) =>
      reject(new Error(`The Temporal server stopped during its start with exit code ${code ?? 'none'}.`)),
    );
  });
  // Whoever started it may end without stopping it: its channel closes then, and the server with it.
  guardian.unref();
  guardian.channel?.unref();
  return guardian;
}

async function stopped(guardian: ChildProcess): Promise<void> {
  if (guardian.exitCode !== null || guardian.signalCode !== null) return;
  guardian.ref();
  guardian.kill('SIGTERM');
  await once(guardian, 'exit');
}

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
