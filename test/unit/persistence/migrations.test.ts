import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';
import { ALL_MIGRATIONS } from '../../../shared/platform/persistence/migrations/all-migrations.ts';

const folder = join(packageRoot, 'shared', 'platform', 'persistence', 'migrations');
const files = readdirSync(folder).filter((name) => /^\d{4}-/u.test(name));

/** Imports may follow a file that is moved; what a migration does may not change. */
function checksumOf(file: string): string {
  const text = readFileSync(join(folder, file), 'utf8').replace(/^import\b[^;]*;\n/gmu, '');
  return createHash('sha256').update(text).digest('hex');
}

test('every migration is listed under the name of its file, in the order of their numbers', () => {
  expect(ALL_MIGRATIONS.map(({ id }) => `${id}.ts`)).toEqual(files.toSorted());
  const numbers = files.toSorted().map((file) => Number(file.slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
});

test('a migration is what it was when its checksum was written', () => {
  const listed = Object.fromEntries(ALL_MIGRATIONS.map(({ id, checksum }) => [id, checksum]));
  const actual = Object.fromEntries(files.map((file) => [file.replace('.ts', ''), checksumOf(file)]));
  expect(listed).toEqual(actual);
});
