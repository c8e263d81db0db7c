import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../../shared/errors/start/start-error.ts';
import type { Downloadable } from '../../shared/platform/config/config-schema.ts';
import { distFolder } from '../../shared/platform/config/package-root.ts';
import type { Environment } from '../../shared/platform/config/read-secret.ts';
import { waitForFolderLock } from '../host/wait-for-folder-lock.ts';

/** What can be fetched from the internet when a setting allows it. */
const DOWNLOADS = {
  temporal: { what: 'the Temporal server', version: '1.9.1', failed: 'TEMPORAL_DOWNLOAD_FAILED' },
  mongod: { what: 'MongoDB', version: '8.0.20', failed: 'MONGOD_DOWNLOAD_FAILED' },
} as const satisfies Record<Downloadable, object>;

/** What the process that fetches tells: first what it is about to fetch, and where it fails the reason. */
export type DownloadMessage =
  { readonly from: string; readonly megabytes: number | undefined } | { readonly failed: string };

const messageSchema = z.union([
  z.object({ from: z.string(), megabytes: z.number().optional() }),
  z.object({ failed: z.string() }),
]);

const SAY_EVERY_MS = 15_000;

export interface DownloadOptions {
  readonly cacheFolder: string;
  /** What the process that fetches inherits: proxies and mirrors are named there. */
  readonly env: Environment;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
  /** A compiled or plain module in place of ours. */
  readonly entry?: string;
}

/** Where the program lies once it was fetched; named after its version, so that another one is fetched anew. */
export function downloadedFile(name: Downloadable, cacheFolder: string): string {
  return join(cacheFolder, `${name}-download-${DOWNLOADS[name].version}`, name);
}

/**
 * Fetches the program and gives its path, announcing what and how much before it begins. Runs in a process of its own,
 * which ends with the start: the libraries that fetch cannot be interrupted and are of no use afterwards. The file appears
 * whole or not at all. Throws a StartError.
 */
export async function download(name: Downloadable, options: DownloadOptions): Promise<string> {
  const { what } = DOWNLOADS[name];
  const target = downloadedFile(name, options.cacheFolder);
  const folder = dirname(target);
  const lock = await waitForFolderLock(folder, {
    onWait: () => options.say(`Waiting for ${what}, which another start is downloading …`),
    signal: options.signal,
  });
  try {
    if (existsSync(target)) return target;
    clearUnfinished(folder, name);
    await fetchInChild(name, target, options);
    return target;
  } finally {
    lock.release();
  }
}

/** What a fetch that was killed left behind. */
function clearUnfinished(folder: string, name: string): void {
  readdirSync(folder)
    .filter((entry) => entry.startsWith(`${name}.part-`))
    .forEach((entry) => rmSync(join(folder, entry), { recursive: true, force: true }));
}

async function fetchInChild(name: Downloadable, target: string, options: DownloadOptions): Promise<void> {
  const { what, version, failed } = DOWNLOADS[name];
  const { say, signal } = options;
  const entry = options.entry ?? join(distFolder, 'standalone', 'downloads', `fetch-${name}.js`);
  const child = fork(entry, [target, version], {
    env: { ...options.env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...(signal === undefined ? {} : { signal }),
  });
  let reason = 'the process that fetches it ended';
  child.on('message', (message) => {
    const told = messageSchema.parse(message);
    if ('failed' in told) reason = told.failed;
    else {
      const size = told.megabytes === undefined ? 'of unknown size' : `about ${told.megabytes} MB`;
      say(`Downloading ${what} ${version} from ${told.from}, ${size}, once …`);
    }
  });
  child.stderr?.resume();
  const startedAt = performance.now();
  const ticker = setInterval(
    () => say(`… ${Math.round((performance.now() - startedAt) / 1000)} s`),
    SAY_EVERY_MS,
  );
  await ended(child);
  clearInterval(ticker);
  if (signal?.aborted === true) throw StartError.of('INTERRUPTED', {});
  if (!existsSync(target)) throw StartError.of(failed, { reason });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    // Aborting the signal is told as an error; the process is gone when its channels are closed.
    child.once('error', () => undefined);
    child.once('close', () => resolve());
  });
}
