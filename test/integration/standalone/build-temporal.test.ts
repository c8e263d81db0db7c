import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { obtainTemporal } from '../../../standalone/temporal/obtain-temporal.ts';
import type { BuildProgress } from '../../../standalone/temporal/build-temporal.ts';

/** Stands in for Go: writes down how it was called and makes the file that `-o` names. */
const FAKE_GO = `#!/bin/sh
echo "$PWD $CGO_ENABLED $*" >> "$0.calls"
echo "go: downloading example.test/module v1.0.0" >&2
sleep 1.2
while [ "$1" != -o ]; do shift; done
if [ -e "$0.fails" ]; then echo "module not found" >&2; exit 3; fi
echo "compiled/one" >&2
sleep 1.5
printf '#!/bin/sh\\n# made by go\\n' > "$2"
chmod +x "$2"
`;

let folder: string;
let progress: BuildProgress[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-build-'));
  progress = [];
  putCommand('go', FAKE_GO);
});

afterEach(() => rmSync(folder, { recursive: true }));

function putCommand(name: string, script: string): string {
  const path = join(folder, 'bin', name);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

function obtain(signal?: AbortSignal) {
  return obtainTemporal({
    cacheFolder: join(folder, 'cache'),
    path: `${join(folder, 'bin')}:/usr/bin:/bin`,
    onProgress: (step) => progress.push(step),
    ...(signal === undefined ? {} : { signal }),
  });
}

function calls(): readonly string[] {
  return readFileSync(join(folder, 'bin', 'go.calls'), 'utf8')
    .trim()
    .split('\n');
}

describe('the Temporal server', () => {
  test('is taken from PATH where there is one', async () => {
    const path = putCommand('temporal', '#!/bin/sh\n');
    expect(await obtain()).toEqual({ path, source: 'path' });
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });

  test('is built from the pinned module, with progress, and then taken from the cache', async () => {
    const built = await obtain();
    expect(built.source).toBe('build');
    expect(readFileSync(built.path, 'utf8')).toBe('#!/bin/sh\n# made by go\n');
    expect(calls()).toHaveLength(1);
    expect(calls()[0]).toMatch(
      /standalone\/temporal-build 0 build -v -trimpath -ldflags -s -w -X \S+Version=1\.9\.1 -o \S+\.tmp github\.com\/temporalio\/cli\/cmd\/temporal$/,
    );
    expect(progress.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['downloading the modules', 'compiling', 'done']),
    );
    expect(progress.find(({ step }) => step === 'compiling')).toMatchObject({
      elapsedSeconds: 2,
      packages: 1,
    });
    expect(await obtain()).toEqual({ path: built.path, source: 'cache' });
    expect(calls()).toHaveLength(1);
  });

  test('is built once when two starts need it at the same time', async () => {
    const [first, second] = await Promise.all([obtain(), obtain()]);
    expect(first.path).toBe(second.path);
    expect(calls()).toHaveLength(1);
    expect(progress.map(({ step }) => step)).toContain('waiting for the build that another start is doing');
  });

  test('is not there after a build that fails, and the sentence says why', async () => {
    writeFileSync(join(folder, 'bin', 'go.fails'), '');
    await expect(obtain()).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message:
        'Temporal could not be built (module not found, exit code 3): set TEMPORAL_ADDRESS to a server that runs, or put the temporal command on PATH.',
    });
    rmSync(join(folder, 'bin', 'go.fails'));
    expect((await obtain()).source).toBe('build');
  });

  test('is not there after a build that was interrupted', async () => {
    const interrupt = new AbortController();
    setTimeout(() => interrupt.abort(), 300);
    await expect(obtain(interrupt.signal)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const [build] = readdirSync(join(folder, 'cache'));
    expect(existsSync(join(folder, 'cache', build!, 'temporal'))).toBe(false);
  });

  test('cannot be built into a cache folder that cannot be written', async () => {
    writeFileSync(join(folder, 'cache'), 'a file in its place');
    await expect(obtain()).rejects.toMatchObject({
      code: 'CACHE_FOLDER_UNUSABLE',
      message: expect.stringMatching(
        /^The cache folder \S+ cannot be written \(\w+\): set GANGWAY_CACHE to another one\.$/,
      ),
    });
  });
});
