import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../shared/errors/start/start-error.ts';
import type { ReadyMessage } from '../shared/platform/child-process.ts';
import type { Downloadable } from '../shared/platform/config/config-schema.ts';
import type { Config } from '../shared/platform/config/config.ts';
import { distFolder } from '../shared/platform/config/package-root.ts';
import type { Environment } from '../shared/platform/config/read-secret.ts';
import { connectTemporal } from '../shared/platform/temporal/connect.ts';
import { prepareNamespace } from '../shared/platform/temporal/prepare-namespace.ts';
import { applicationEnvironment, serverEnvironment } from './children-environment.ts';
import { chooseDatabase } from './database/choose-database.ts';
import { prepareDatabase } from './database/prepare-database.ts';
import { requireReachable } from './database/require-reachable.ts';
import { clearLeftovers } from './host/clear-leftover.ts';
import { openDataFolder } from './host/data-folder.ts';
import type { DataFolder } from './host/data-folder.ts';
import { ownPorts } from './host/own-ports.ts';
import { requireFreePort } from './host/require-free-port.ts';
import { requireFreeSpace } from './host/require-free-space.ts';
import { createChildGroup } from './processes/child-group.ts';
import type { ChildGroup } from './processes/child-group.ts';
import type { ChildCommand, ChildName } from './processes/run-child.ts';
import { USUAL_PATIENCE } from './processes/supervisor-options.ts';
import type { Patience } from './processes/supervisor-options.ts';
import { summarise } from './summary.ts';
import type { SummaryRow, TemporalSource } from './summary.ts';
import { obtainTemporal } from './temporal/obtain-temporal.ts';
import { createProgressPrinter } from './temporal/print-progress.ts';
import { temporalChild } from './temporal/temporal-child.ts';

/** Our own server answers within a second; a slow disk may need longer. */
const OWN_SERVER_ANSWERS_WITHIN_MS = 20_000;

export interface StandaloneOptions {
  readonly config: Config;
  /** What the children inherit; PATH is searched for the servers. */
  readonly env: Environment;
  /** Compiled entries to run in place of ours. */
  readonly children?: Partial<Record<Exclude<ChildName, 'temporal'>, string>>;
  /** Told what happens to the children later on; standard output by default. */
  readonly print?: (line: string) => void;
  /** Ends a start under way: it rejects with INTERRUPTED and leaves nothing running. */
  readonly signal?: AbortSignal;
  readonly patience?: Partial<Patience>;
  /** What the disk of the data folder must have left. */
  readonly leastFreeMb?: number;
  /** Compiled or plain modules that fetch, in place of ours. */
  readonly downloads?: Partial<Record<Downloadable, string>>;
}

export interface Running {
  readonly summary: readonly SummaryRow[];
  readonly apiPort: number;
  /** Given once per installation, by the start that made it. */
  readonly firstApiKey: string | undefined;
  /** Stops api, worker, temporal, store, in this order; then the data folder is free. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts everything one machine needs and resolves when all of it serves. From then on what ends is started again.
 * Rejects, with nothing left running, with a StartError.
 */
export async function startStandalone(options: StandaloneOptions): Promise<Running> {
  const print = options.print ?? ((line: string) => process.stdout.write(`gangway: ${line}\n`));
  const stopping = new AbortController();
  options.signal?.addEventListener('abort', () => stopping.abort(), { once: true });
  const { folder, lock } = openDataFolder(options.config.dataFolder);
  const group = createChildGroup(
    { folder, print, patience: { ...patienceFor(options.config), ...options.patience } },
    stopping,
  );
  const stop = async (): Promise<void> => {
    await group.stop();
    lock.release();
  };
  try {
    if (options.signal?.aborted === true) throw StartError.of('INTERRUPTED', {});
    return { ...(await startParts(options, folder, group, stopping.signal)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: StandaloneOptions,
  folder: DataFolder,
  group: ChildGroup,
  stopping: AbortSignal,
): Promise<Omit<Running, 'stop'>> {
  const { config, env } = options;
  const [workerEntry, apiEntry] = [entryOf('worker', options), entryOf('api', options)];
  const choice = chooseDatabase(config, folder, env['PATH']);
  requireFreeSpace(folder.root, options.leastFreeMb);

  await clearLeftovers(folder);
  for (const { port, variable, what, host } of ownPorts(config))
    await requireFreePort(port, variable, what, host);
  const temporal = await findTemporal(options, stopping);
  const database = await prepareDatabase(choice, {
    ...{ config, folder, env: serverEnvironment(env), embeddedEntry: options.children?.store },
    download: downloadOptions('mongod', options, stopping),
  });
  if (database.child === undefined) await requireReachable(database.uri);
  const environment = applicationEnvironment(env, config, folder, database.uri);
  const args = [`--data-folder=${folder.root}`];
  const started = await startInOrder(group, config, {
    temporal:
      temporal.source === 'TEMPORAL_ADDRESS'
        ? undefined
        : temporalChild(temporal.path, config, folder, serverEnvironment(env)),
    store: database.child,
    worker: { name: 'worker', entry: workerEntry, args, env: environment },
    api: { name: 'api', entry: apiEntry, args, env: environment },
  });
  const apiPort = started.api.port ?? config.api.port;
  return {
    summary: summarise({ config, temporal, serverVersion: started.serverVersion, database, apiPort }),
    apiPort,
    firstApiKey: started.api.firstApiKey,
  };
}

/** A child that drains for a while is not killed meanwhile. */
function patienceFor({ api }: Config): Patience {
  return { ...USUAL_PATIENCE, stopsWithinMs: USUAL_PATIENCE.stopsWithinMs + api.drainMs };
}

/** The API needs the database only, the worker both servers; what does not wait for another starts beside it. */
async function startInOrder(
  group: ChildGroup,
  config: Config,
  commands: Readonly<
    Record<'worker' | 'api', ChildCommand> & Record<'temporal' | 'store', ChildCommand | undefined>
  >,
): Promise<{ readonly api: ReadyMessage; readonly serverVersion: string }> {
  const startOwn = async (command: ChildCommand | undefined): Promise<void> => {
    if (command !== undefined) await group.start(command);
  };
  const database = startOwn(commands.store);
  const temporal = startOwn(commands.temporal).then(() => prepareTemporal(config));
  const api = database.then(() => group.start(commands.api));
  const worker = Promise.all([database, temporal]).then(() => group.start(commands.worker));
  const [serverVersion, apiReady] = await group.together([temporal, api, worker]);
  return { api: apiReady, serverVersion };
}

function entryOf(name: 'worker' | 'api', options: StandaloneOptions): string {
  const entry = options.children?.[name] ?? join(distFolder, name, 'main.js');
  if (!existsSync(entry)) throw StartError.of('NOT_BUILT', { file: entry });
  return entry;
}

async function findTemporal(options: StandaloneOptions, stopping: AbortSignal): Promise<TemporalSource> {
  const { config, env } = options;
  if (config.temporal.externalAddress !== undefined) {
    await (await connectTemporal(config)).connection.close();
    return { source: 'TEMPORAL_ADDRESS' };
  }
  const onProgress = createProgressPrinter(process.stderr);
  const download = { ...downloadOptions('temporal', options, stopping), env: serverEnvironment(env) };
  return obtainTemporal({
    ...{ cacheFolder: config.cacheFolder, path: env['PATH'], onProgress, signal: stopping },
    ...(config.downloads.includes('temporal') ? { download } : {}),
  });
}

function downloadOptions(name: Downloadable, { downloads, print }: StandaloneOptions, signal: AbortSignal) {
  const entry = downloads?.[name];
  const say = print ?? ((line: string) => process.stderr.write(`gangway: ${line}\n`));
  return { say, signal, ...(entry === undefined ? {} : { entry }) };
}

async function prepareTemporal(config: Config): Promise<string> {
  const { connection, serverVersion } = await connectTemporal(config, OWN_SERVER_ANSWERS_WITHIN_MS);
  try {
    await prepareNamespace(connection, config.temporal.namespace);
    return serverVersion;
  } finally {
    await connection.close();
  }
}
