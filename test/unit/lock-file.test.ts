import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Entry>>;
};
const entries = Object.entries(lock.packages);

test('names no download address', () => {
  expect(entries.filter(([, entry]) => entry.resolved?.startsWith('http') === true)).toEqual([]);
});

test('knows the binaries of every platform, so that a clean install works on each', () => {
  const missing = entries.flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter((name) => {
      const places = [`node_modules/${name}`, `${path}/node_modules/${name}`];
      return places.every((place) => lock.packages[place]?.version === undefined);
    }),
  );
  expect(missing).toEqual([]);
});
