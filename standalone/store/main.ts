import { readFileSync } from 'node:fs';
import { createLogger } from '../../shared/platform/logging.ts';
import { createRegistry } from '../../shared/platform/metrics/create-registry.ts';
import { answerMetrics } from '../../shared/platform/metrics/metrics-channel.ts';
import { startStore, type RunningStore } from './start-store.ts';
import { FolderLockedError } from './storage/folder-lock.ts';
import { addStoreGauges, createStoreMetrics } from './store-metrics.ts';

/**
 * The store as a process of its own. It says `{"ready":true,"port":N}` once it listens, ends when the parent that
 * started it is gone, and closes cleanly on SIGTERM and SIGINT.
 */
interface Settings {
  readonly folder: string;
  readonly port: number;
  readonly secret: string;
}

const logger = createLogger('store', 'info');

function fail(sentence: string): never {
  process.stderr.write(`gangway store: ${sentence}\n`);
  process.exit(1);
}

function readSettings(): Settings {
  const folder = process.env['GANGWAY_STORE_FOLDER'];
  const secretFile = process.env['GANGWAY_STORE_SECRET_FILE'];
  const port = Number(process.env['GANGWAY_STORE_PORT'] ?? '0');
  if (folder === undefined || folder === '') fail('GANGWAY_STORE_FOLDER must name the folder of the data.');
  if (secretFile === undefined || secretFile === '')
    fail('GANGWAY_STORE_SECRET_FILE must name the file of the secret.');
  if (!Number.isInteger(port) || port < 0 || port > 65535) fail('GANGWAY_STORE_PORT must be a port number.');
  try {
    return { folder, port, secret: readFileSync(secretFile, 'utf8').trim() };
  } catch (error) {
    fail(`GANGWAY_STORE_SECRET_FILE cannot be read: ${messageOf(error)}.`);
  }
}

function explain(error: unknown, settings: Settings): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (error instanceof FolderLockedError) return `GANGWAY_STORE_FOLDER: ${error.message}.`;
  if (code === 'EADDRINUSE') return `GANGWAY_STORE_PORT: port ${settings.port} is taken by another program.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return `GANGWAY_STORE_FOLDER: ${settings.folder} cannot be written (${code}).`;
  }
  return messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function run(): Promise<void> {
  const settings = readSettings();
  const registry = createRegistry('store');
  const observer = createStoreMetrics(registry);
  const store: RunningStore = await startStore({ ...settings, logger, observer }).catch((error: unknown) =>
    fail(explain(error, settings)),
  );
  addStoreGauges(registry, store);
  answerMetrics(process, () => registry.metrics());
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    store.close().then(
      () => process.exit(0),
      (error: unknown) => fail(messageOf(error)),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  const ready = { ready: true, port: store.port };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.send?.(ready);
}

await run();
