import { readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../../shared/platform/config/package-root.ts';

const temporalFolder = join(packageRoot, 'node_modules', '@temporalio');

/** The proto JSON of a history is read by types of one copy and written by those of another when there are two. */
test('all packages of Temporal share one copy of protobufjs', () => {
  const root = realpathSync(createRequire(join(packageRoot, 'package.json')).resolve('protobufjs'));
  const packages = readdirSync(temporalFolder);
  expect(packages).toEqual(expect.arrayContaining(['client', 'common', 'proto', 'worker', 'workflow']));
  const copies = packages.map((name) => {
    const from = createRequire(join(temporalFolder, name, 'package.json'));
    return { name, copy: realpathSync(from.resolve('protobufjs')) };
  });
  expect(copies.filter(({ copy }) => copy !== root)).toEqual([]);
});
