import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

/** For each rule a file that breaks it, as `[rule, file, what it holds]`. */
const PLANTED: readonly (readonly [string, string, string])[] = [
  ['no-cycles', 'shared/domain/a.ts', "export * from './b.ts';"],
  ['domain-imports-nothing', 'shared/domain/c.ts', "import 'node:fs';"],
  ['contract-stays-light', 'shared/contract/c.ts', "import '../platform/p.ts';"],
  ['platform-knows-no-feature', 'shared/platform/p.ts', "import '../../activities/lockout/a.ts';"],
  [
    'workflows-import-types-of-activities',
    'workflows/w1.ts',
    "import type { A } from '../activities/lockout/a.ts'; export type B = A;",
  ],
  [
    'workflows-import-activities-as-types-only',
    'workflows/w2.ts',
    "import { c } from '../activities/lockout/contract.ts'; export const d = c;",
  ],
  ['workflows-stay-pure', 'workflows/w3.ts', "import '../shared/platform/q.ts';"],
  ['workflows-are-loaded-by-path', 'worker/w.ts', "import '../workflows/w3.ts';"],
  ['activities-know-no-runner', 'activities/lockout/a.ts', "import '../../worker/x.ts'; export type A = 1;"],
  ['connectors-do-not-know-each-other', 'activities/connectors/one/a.ts', "import '../two/b.ts';"],
  [
    'only-the-directory-connector-knows-the-directory',
    'activities/lockout/d.ts',
    "import '../../directory/d.ts';",
  ],
  ['the-directory-is-a-target-of-its-own', 'directory/e.ts', "import '../worker/x.ts';"],
  ['the-api-does-not-act', 'api/a.ts', "import '../activities/lockout/contract.ts';"],
  ['worker-composes', 'worker/v.ts', "import '../api/b.ts';"],
  ['standalone-starts-processes', 'standalone/s.ts', "import '../worker/x.ts';"],
  ['the-cli-speaks-http', 'cli/c.ts', "import '../api/b.ts';"],
  ['mongoose-stays-in-persistence', 'api/m.ts', "import 'mongoose';"],
  ['not-to-dev-dependencies', 'api/j.ts', "import 'fast-check';"],
];
const HARMLESS: readonly (readonly [string, string])[] = [
  ['activities/lockout/contract.ts', 'export const c = 1;'],
  ['activities/connectors/two/b.ts', 'export const b = 1;'],
  ['api/b.ts', 'export const b = 1;'],
  ['directory/d.ts', 'export const d = 1;'],
  ['shared/platform/q.ts', 'export const q = 1;'],
  // The other half of the cycle, which is told once.
  ['shared/domain/b.ts', "export * from './a.ts';"],
  ['worker/x.ts', 'export const x = 1;'],
];
const root = join(import.meta.dirname, '..', '..');
const copied = ['package.json', 'tsconfig.json', 'node_modules', '.dependency-cruiser.cjs'];
let folder: string;
let broken: ReadonlySet<string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gangway-boundaries-'));
  for (const name of copied) await symlink(join(root, name), join(folder, name));
  const files = [...PLANTED.map(([, file, text]) => [file, text] as const), ...HARMLESS];
  for (const [file, text] of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${text}\n`);
  }
  const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const folders = ['shared', 'workflows', 'activities', 'directory', 'worker', 'api', 'standalone', 'cli'];
  const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 1e8 });
  const { summary } = JSON.parse(stdout) as {
    readonly summary: {
      readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    };
  };
  broken = new Set(summary.violations.map(({ rule, from }) => `${rule.name} ${from}`));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(PLANTED)('%s bites in %s', (rule, file) => {
  expect([...broken]).toContain(`${rule} ${file}`);
});

test('what is allowed is left alone', () => {
  for (const [file] of HARMLESS)
    expect([...broken].filter((entry) => entry.endsWith(` ${file}`))).toEqual([]);
});
