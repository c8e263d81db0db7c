import { StartError } from '../../shared/errors/start/start-error.ts';
import { announceReady, exitWithParent } from '../../shared/platform/child-process.ts';
import { systemReason } from '../../shared/platform/config/error-code.ts';
import { readSecret, readVariable } from '../../shared/platform/config/read-secret.ts';
import { createLogger } from '../../shared/platform/logging.ts';
import { createRegistry } from '../../shared/platform/metrics/create-registry.ts';
import { answerMetrics } from '../../shared/platform/metrics/metrics-channel.ts';
import { giveUp } from '../../shared/platform/start/give-up.ts';
import { portError } from '../../shared/platform/start/port-error.ts';
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

function readSettings(): Settings {
  const folder = setting('GANGWAY_STORE_FOLDER');
  const port = Number(process.env['GANGWAY_STORE_PORT'] ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw StartError.of('BAD_VARIABLE', {
      variable: 'GANGWAY_STORE_PORT',
      expectation: 'must be a port number',
    });
  setting('GANGWAY_STORE_SECRET_FILE');
  return { folder, port, secret: readSecret(process.env, 'GANGWAY_STORE_SECRET') ?? '' };
}

function setting(variable: string): string {
  const value = readVariable(process.env, variable);
  if (value === undefined)
    throw StartError.of('VARIABLE_MISSING', { variable, when: 'for the embedded store' });
  return value;
}

/** LMDB's errors have numbers: those of the system, and negative ones of its own, about what is in the file. */
function explain(error: unknown, { folder, port }: Settings): StartError | undefined {
  if (error instanceof FolderLockedError)
    return StartError.of('STORE_FOLDER_IN_USE', { folder, holder: error.holder }, { cause: error });
  if (!(error instanceof Error && 'code' in error)) return undefined;
  if ('syscall' in error && error.syscall === 'listen')
    return portError(error, { port, what: 'the database', variable: 'GANGWAY_STORE_PORT' });
  const why = { folder, reason: systemReason(error) };
  if (typeof error.code === 'number')
    return StartError.of(error.code < 0 ? 'STORE_DAMAGED' : 'DATA_FOLDER_UNUSABLE', why, { cause: error });
  return /^E[A-Z]+$/.test(String(error.code))
    ? StartError.of('DATA_FOLDER_UNUSABLE', why, { cause: error })
    : undefined;
}

async function run(): Promise<void> {
  const settings = readSettings();
  const registry = createRegistry('store');
  const observer = createStoreMetrics(registry);
  const store: RunningStore = await startStore({ ...settings, logger, observer }).catch((error: unknown) =>
    giveUp(error, (unknown) => explain(unknown, settings)),
  );
  addStoreGauges(registry, store);
  answerMetrics(process, () => registry.metrics());
  exitWithParent(() => store.close());
  process.stdout.write(`${JSON.stringify({ ready: true, port: store.port })}\n`);
  announceReady({ port: store.port });
}

try {
  await run();
} catch (error) {
  giveUp(error);
}
