import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8'));
const lock = read('package-lock.json') as { readonly packages: Readonly<Record<string, Entry>> };
const { allowScripts, scarfSettings } = read('package.json') as {
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly scarfSettings: { readonly enabled: boolean };
};
const entries = Object.entries(lock.packages);

test('names no download address', () => {
  expect(entries.filter(([, entry]) => entry.resolved?.startsWith('http') === true)).toEqual([]);
});

test('has one driver of MongoDB, the one of mongoose', () => {
  expect(entries.filter(([path]) => /node_modules\/mongodb$/.test(path)).map(([path]) => path)).toEqual([
    'node_modules/mongodb',
  ]);
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

test('refuses every install script, and the one that would report an installation twice over', () => {
  const withScript = entries
    .filter(([, entry]) => entry.hasInstallScript === true)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(withScript).toContain('@scarf/scarf');
  expect(withScript.filter((name) => allowScripts[name] !== false)).toEqual([]);
  expect(scarfSettings.enabled).toBe(false);
});
