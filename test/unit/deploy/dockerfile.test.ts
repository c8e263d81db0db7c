import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { commandOf, instructionsOf, readDockerfile, stageNamed } from '../../support/dockerfile.ts';

const stages = readDockerfile();

test('builds in one stage and runs in others, all from one pinned image', () => {
  expect(stages.map(({ name }) => name)).toEqual(['build', 'runtime', 'worker', 'api']);
  const images = stages
    .filter(({ base }) => !stages.some(({ name }) => name === base))
    .map(({ base }) => base);
  expect(new Set(images)).toEqual(new Set(['node:20.20-bookworm-slim']));
});

test.each(['api', 'worker'])('the stage of the %s runs without rights, on what the build left', (name) => {
  const instructions = instructionsOf(name);
  expect(instructions.findLast(({ word }) => word === 'USER')?.rest).toBe('node');
  expect(instructions.filter(({ word }) => word === 'COPY').map(({ rest }) => rest)).toEqual(
    ['package.json', 'node_modules', 'dist'].map((what) =>
      what === 'package.json' ? `--from=build /build/${what} ./` : `--from=build /build/${what} ./${what}`,
    ),
  );
});

test.each(['api', 'worker'])('the commands of the %s are entries that exist', (name) => {
  for (const word of ['CMD', 'HEALTHCHECK'] as const) {
    const [node, entry = ''] = commandOf(name, word);
    expect(node).toBe('node');
    expect(existsSync(join(packageRoot, entry.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
  }
});

test('the build runs no install script and leaves no development dependency', () => {
  const runs = stageNamed('build')
    .instructions.filter(({ word }) => word === 'RUN')
    .map(({ rest }) => rest);
  expect(runs).toEqual(['npm ci --ignore-scripts', 'npm run build', 'npm prune --omit=dev --ignore-scripts']);
});

test('the context holds what the build reads, and nothing else', () => {
  const lines = readFileSync(join(packageRoot, '.dockerignore'), 'utf8').split('\n');
  const [all, ...kept] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  expect(all).toBe('*');
  const builder = readFileSync(join(packageRoot, 'scripts', 'ensure-built.mjs'), 'utf8');
  const sources = [.../const sources = \[([^\]]+)\]/.exec(builder)![1]!.matchAll(/'(\w+)'/g)].map(
    ([, name]) => name!,
  );
  const others = [
    'package.json',
    'package-lock.json',
    '.npmrc',
    'tsconfig.json',
    'tsconfig.build.json',
    'scripts',
  ];
  expect(kept.map((line) => line.replace('!', '')).sort()).toEqual([...others, ...sources].sort());
});
