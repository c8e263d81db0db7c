import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../../shared/errors/start/start-error.ts';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { download, downloadedFile } from '../downloads/run-download.ts';
import type { DownloadOptions } from '../downloads/run-download.ts';
import { findOnPath } from '../host/find-on-path.ts';
import { buildTemporal } from './build-temporal.ts';
import type { BuildProgress } from './build-temporal.ts';

export interface TemporalBinary {
  readonly path: string;
  readonly source: 'path' | 'cache' | 'build' | 'download';
}

export interface ObtainOptions {
  readonly cacheFolder: string;
  /** The PATH variable: where `temporal` and `go` are looked for. */
  readonly path: string | undefined;
  readonly onProgress: (progress: BuildProgress) => void;
  readonly signal?: AbortSignal;
  /** Given where a download is allowed. */
  readonly download?: Omit<DownloadOptions, 'cacheFolder' | 'signal'>;
}

const ANSWERS_WITHIN_MS = 10_000;

/** `go.mod` and `go.sum` of the pinned Temporal; not compiled, so found from the package root. */
const BUILD_FOLDER = join(packageRoot, 'standalone', 'temporal-build');

/**
 * The `temporal` command: from PATH, else from an earlier build in the cache folder, else built from the pinned Go
 * module, which takes minutes and happens once per pinned version; where there is no Go and it is allowed, downloaded,
 * once as well. Throws a StartError when there is no way to one, when the way fails, and when the command does not run.
 */
export async function obtainTemporal(options: ObtainOptions): Promise<TemporalBinary> {
  const found = findTemporal(options);
  if (found !== undefined) {
    await requireRuns(found.path);
    return found;
  }
  const { cacheFolder, path, signal } = options;
  if (options.download !== undefined && findOnPath('go', path) === undefined) {
    const how = { ...options.download, cacheFolder, ...(signal === undefined ? {} : { signal }) };
    return { path: await download('temporal', how), source: 'download' };
  }
  const folder = cachedBuildFolder(cacheFolder);
  const target = join(folder, 'temporal');
  await buildTemporal({ ...options, moduleFolder: BUILD_FOLDER, folder, target });
  return { path: target, source: 'build' };
}

/** The one that is there already, without building or fetching any. */
export function findTemporal({
  cacheFolder,
  path,
}: Pick<ObtainOptions, 'cacheFolder' | 'path'>): TemporalBinary | undefined {
  const onPath = findOnPath('temporal', path);
  if (onPath !== undefined) return { path: onPath, source: 'path' };
  const built = join(cachedBuildFolder(cacheFolder), 'temporal');
  if (existsSync(built)) return { path: built, source: 'cache' };
  const downloaded = downloadedFile('temporal', cacheFolder);
  return existsSync(downloaded) ? { path: downloaded, source: 'download' } : undefined;
}

/** A file that was cut short, or that is for another kind of machine, is known before a server is made of it. */
async function requireRuns(path: string): Promise<void> {
  try {
    await promisify(execFile)(path, ['--version'], { timeout: ANSWERS_WITHIN_MS });
  } catch (error) {
    const reason = errorCode(error) ?? 'it ends with an error when asked for its version';
    throw StartError.of('TEMPORAL_COMMAND_BROKEN', { path, reason }, { cause: error });
  }
}

/** Named after the pinned versions, so that another pin is another build. */
function cachedBuildFolder(cacheFolder: string): string {
  const sums = readFileSync(join(BUILD_FOLDER, 'go.sum'));
  return join(cacheFolder, `temporal-${createHash('sha256').update(sums).digest('hex').slice(0, 16)}`);
}
