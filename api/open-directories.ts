import { createDirectory, type DirectoryOptions } from '../directory/create-directory.ts';
import type { Directory } from '../directory/directory.ts';
import { FIRST_TARGET } from '../shared/domain/person.ts';
import type { ApiContext } from './api-context.ts';
import { Problem } from './http/problem.ts';

/** The first directory and the further ones, in one database. */
export async function openDirectories(
  options: Omit<DirectoryOptions, 'name'>,
  names: readonly string[],
): Promise<Pick<ApiContext, 'directory' | 'directories'>> {
  const directory = createDirectory(options);
  const directories: Record<string, Directory> = { [FIRST_TARGET]: directory };
  for (const name of names) directories[name] = createDirectory({ ...options, name });
  for (const one of Object.values(directories)) await one.prepare();
  return { directory, directories };
}

/** The directory with this id; the first one where none is named. Throws `TARGET_UNKNOWN`. */
export function directoryOf(
  { directories }: Pick<ApiContext, 'directories'>,
  target: string = FIRST_TARGET,
  field = '/target',
): Directory {
  const found = Object.hasOwn(directories, target) ? directories[target] : undefined;
  if (found === undefined) throw new Problem('TARGET_UNKNOWN', { field });
  return found;
}
