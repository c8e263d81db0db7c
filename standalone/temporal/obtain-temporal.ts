import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../shared/platform/config/package-root.ts';
import { findOnPath } from '../host/find-on-path.ts';
import { buildTemporal } from './build-temporal.ts';
import type { BuildProgress } from './build-temporal.ts';

export interface TemporalBinary {
  readonly path: string;
  readonly source: 'path' | 'cache' | 'build';
}

export interface ObtainOptions {
  readonly cacheFolder: string;
  /** The PATH variable: where `temporal` and `go` are looked for. */
  readonly path: string | undefined;
  readonly onProgress: (progress: BuildProgress) => void;
  readonly signal?: AbortSignal;
}

/** `go.mod` and `go.sum` of the pinned Temporal; not compiled, so found from the package root. */
const BUILD_FOLDER = join(packageRoot, 'standalone', 'temporal-build');

/**
 * The `temporal` command: from PATH, else from an earlier build in the cache folder, else built from the pinned Go
 * module, which takes minutes and happens once per pinned version. Throws a StartError when there is neither a server
 * nor Go, and when the build fails.
 */
export async function obtainTemporal(options: ObtainOptions): Promise<TemporalBinary> {
  const found = findTemporal(options);
  if (found !== undefined) return found;
  const folder = cachedBuildFolder(options.cacheFolder);
  const target = join(folder, 'temporal');
  await buildTemporal({ ...options, moduleFolder: BUILD_FOLDER, folder, target });
  return { path: target, source: 'build' };
}

/** The one that is there already, without building any. */
export function findTemporal({
  cacheFolder,
  path,
}: Pick<ObtainOptions, 'cacheFolder' | 'path'>): TemporalBinary | undefined {
  const onPath = findOnPath('temporal', path);
  if (onPath !== undefined) return { path: onPath, source: 'path' };
  const cached = join(cachedBuildFolder(cacheFolder), 'temporal');
  return existsSync(cached) ? { path: cached, source: 'cache' } : undefined;
}

/** Named after the pinned versions, so that another pin is another build. */
function cachedBuildFolder(cacheFolder: string): string {
  const sums = readFileSync(join(BUILD_FOLDER, 'go.sum'));
  return join(cacheFolder, `temporal-${createHash('sha256').update(sums).digest('hex').slice(0, 16)}`);
}
