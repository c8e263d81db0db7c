// Builds dist/ when a source file changed since the last build; otherwise answers within milliseconds, so that a second start is quick.
// With --check it builds nothing and ends with 1 where it would have.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const sources = [
  'shared',
  'workflows',
  'activities',
  'directory',
  'worker',
  'api',
  'standalone',
  'demo',
  'cli',
];
const stampFile = join(root, 'dist', '.stamp');

function hashSources() {
  const hash = createHash('sha256');
  const add = (path) => hash.update(path).update(readFileSync(join(root, path)));
  for (const folder of sources.filter((name) => existsSync(join(root, name)))) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    files.sort().forEach(add);
  }
  ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].forEach(add);
  return hash.digest('hex');
}

function run(what, args) {
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    console.error(`gangway: ${what} failed; the messages above say why.`);
    process.exit(1);
  }
}

const stamp = hashSources();
const current = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
if (current !== stamp && process.argv.includes('--check')) process.exit(1);
if (current !== stamp) {
  console.error('gangway: building (a few seconds, once per change) …');
  run('compiling', [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  run('bundling the workflows', [join(root, 'dist', 'worker', 'build-workflow-bundle.js')]);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile, stamp);
}
