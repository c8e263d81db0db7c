import type { PeopleImport } from '../../shared/domain/imports/people-import.ts';
import type { ApiContext } from '../api-context.ts';
import { paramOf, type Call } from '../http/call.ts';
import { Problem } from '../http/problem.ts';

/** The import of the address. */
export async function importOr404(
  { repositories }: Pick<ApiContext, 'repositories'>,
  call: Call,
): Promise<PeopleImport> {
  const found = await repositories.imports.get(call.actor.orgId, paramOf(call, 'id'));
  if (found === undefined) throw new Problem('IMPORT_NOT_FOUND');
  return found;
}
