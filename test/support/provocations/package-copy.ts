import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../../shared/platform/config/package-root.ts';

/** A copy of the package to break. */
export interface PackageCopy {
  readonly root: string;
  readonly remove: () => void;
}

/** Holds these files and folders, and the same dependencies as the package, as links; without those named. */
export function copyPackage(
  names: readonly string[],
  options: { without?: readonly string[] } = {},
): PackageCopy {
  const root = mkdtempSync(join(tmpdir(), 'gangway-copy-'));
  for (const name of ['package.json', ...names])
    cpSync(join(packageRoot, name), join(root, name), { recursive: true });
  const { without } = options;
  if (without === undefined) symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
  else linkDependencies(root, without);
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

/** A package that looks for one that is left out must be a real folder: through a link it would be looked for beside the original. */
function linkDependencies(root: string, without: readonly string[]): void {
  const [from, to] = [join(packageRoot, 'node_modules'), join(root, 'node_modules')];
  const scopes = readdirSync(from).filter((name) => name.startsWith('@'));
  const packages = [
    ...readdirSync(from).filter((name) => !name.startsWith('@') && !name.startsWith('.')),
    ...scopes.flatMap((scope) => readdirSync(join(from, scope)).map((name) => `${scope}/${name}`)),
  ];
  for (const name of packages.filter(
    (one) => !without.some((left) => one === left || one.startsWith(`${left}/`)),
  )) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    if (name === 'lmdb') cpSync(join(from, name), join(to, name), { recursive: true });
    else if (!existsSync(join(to, name))) symlinkSync(join(from, name), join(to, name));
  }
}
