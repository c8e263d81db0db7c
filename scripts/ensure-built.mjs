// Builds dist/ when a source file changed since the last build; otherwise answers within milliseconds, so that a second start is quick.
// With --check it builds nothing and ends with 1 where it would have.
import './require-node.mjs';
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
  if (result.status !== 0) giveUp(`${what} failed: the messages above say why.`, 'COMPILE_FAILED', 70);
}

// The sentences, codes and exit codes are those of shared/errors/start/, which is not compiled yet.
function giveUp(sentence, code, exitCode) {
  console.error(`gangway: ${sentence} [${code}]`);
  process.exit(exitCode);
}

function isInstalled(name) {
  return existsSync(join(root, 'node_modules', name, 'package.json'));
}

const stamp = hashSources();
const current = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
const mustBuild = current !== stamp;
if (mustBuild && process.argv.includes('--check')) process.exit(1);
if (!isInstalled('zod') || (mustBuild && !isInstalled('typescript')))
  giveUp('The dependencies are not installed: run npm ci.', 'DEPENDENCIES_MISSING', 78);
if (mustBuild) {
  console.error('gangway: building (a few seconds, once per change) …');
  run('Compiling', [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  run('Bundling the workflows', [join(root, 'dist', 'worker', 'build-workflow-bundle.js')]);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile, stamp);
}
