import { spawn } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../shared/errors/start/start-error.ts';
import { findOnPath } from '../host/find-on-path.ts';
import { waitForFolderLock } from '../host/wait-for-folder-lock.ts';

const CLI_PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const LINKER_FLAGS = '-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=1.9.1';
const KEPT_ERROR_CHARACTERS = 2_000;
/** An older Go, and one that could not fetch the newer one it needs. */
const TOO_OLD = /requires go >=|download go1\.|toolchain not available/u;
const NO_NETWORK =
  /dial tcp|no such host|connection refused|network is unreachable|timeout|proxyconnect|TLS handshake|module lookup disabled/u;
/** With `-v` Go names each package on a line of its own; lines about downloads begin with `go:`. */
const COMPILED_PACKAGE = /^(?!go: ).+\n/gmu;

export interface BuildProgress {
  readonly step:
    'downloading the modules' | 'compiling' | 'waiting for the build that another start is doing' | 'done';
  readonly elapsedSeconds: number;
  /** Go packages compiled so far. */
  readonly packages: number;
}

interface BuildOptions {
  readonly moduleFolder: string;
  /** Where the finished command goes; `target` is a file in it. */
  readonly folder: string;
  readonly target: string;
  readonly path: string | undefined;
  readonly onProgress: (progress: BuildProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Builds `target`, reporting progress about once a second. Of several builders at once one builds and the others wait.
 * The file appears whole or not at all. Throws a StartError: no Go, unusable cache folder, failed or interrupted build.
 */
export async function buildTemporal(options: BuildOptions): Promise<void> {
  const go = requireGo(options.path);
  const startedAt = performance.now();
  const report = (step: BuildProgress['step'], packages = 0): void =>
    options.onProgress({
      step,
      packages,
      elapsedSeconds: Math.round((performance.now() - startedAt) / 1000),
    });
  const lock = await waitForFolderLock(options.folder, {
    onWait: () => report('waiting for the build that another start is doing'),
    signal: options.signal,
  });
  try {
    if (existsSync(options.target)) return;
    const unfinished = join(options.folder, `temporal.${process.pid}.tmp`);
    // One command does both: `go mod download` also asks for records of versions that a build does without.
    const flags = ['-v', '-trimpath', '-ldflags', LINKER_FLAGS];
    await runGo(go, ['build', ...flags, '-o', unfinished, CLI_PACKAGE], options, (packages) =>
      report(packages === 0 ? 'downloading the modules' : 'compiling', packages),
    );
    renameSync(unfinished, options.target);
    report('done');
  } finally {
    lock.release();
  }
}

/** The `go` command. Throws a StartError that names what else would do. */
export function requireGo(path: string | undefined): string {
  const go = findOnPath('go', path);
  if (go === undefined) throw StartError.of('NO_GO', {});
  return go;
}

async function runGo(
  go: string,
  args: readonly string[],
  options: BuildOptions,
  report: (packages: number) => void,
): Promise<void> {
  const child = spawn(go, args, {
    cwd: options.moduleFolder,
    env: { ...process.env, CGO_ENABLED: '0', PATH: options.path },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  let packages = 0;
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    packages += text.match(COMPILED_PACKAGE)?.length ?? 0;
    lastWords = (lastWords + text).slice(-KEPT_ERROR_CHARACTERS);
  });
  const ticker = setInterval(() => report(packages), 1_000);
  try {
    await finished(child, () => lastWords);
  } finally {
    clearInterval(ticker);
  }
}

function finished(child: ReturnType<typeof spawn>, lastWords: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(error.name === 'AbortError' ? StartError.of('INTERRUPTED', {}) : failure(error.message)),
    );
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(failure(`${lastLine(lastWords())}, ${signal ?? `exit code ${code ?? '?'}`}`));
    });
  });
}

/** Go tells apart by words alone. */
function failure(reason: string): StartError {
  const code = TOO_OLD.test(reason)
    ? 'GO_TOO_OLD'
    : NO_NETWORK.test(reason)
      ? 'GO_MODULES_UNREACHABLE'
      : 'BUILD_FAILED';
  return StartError.of(code, { reason });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
