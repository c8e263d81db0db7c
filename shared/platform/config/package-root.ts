import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findUp(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json was not found above the running code.');
  return findUp(parent);
}

/** Absolute. The same whether the sources run (tests) or their compiled copies in `dist/`, which has no package.json. */
export const packageRoot = findUp(import.meta.dirname);

/** Absolute; everything that is started as a process or loaded by path lives below it. */
export const distFolder = join(packageRoot, 'dist');
