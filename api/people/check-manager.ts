import { isManagedBy } from '../../shared/platform/people/manager-chain.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

/** Whoever is to manage somebody exists, and is not below them. `personId`: absent for somebody who is just being made. */
export async function managerOf(
  { repositories }: Pick<ApiContext, 'repositories'>,
  orgId: string,
  managerId: string,
  personId?: string,
): Promise<Person> {
  const field = '/managerId';
  if (managerId === personId) throw new Problem('MANAGER_IS_SELF', { field });
  const manager = await repositories.people.get(orgId, managerId);
  if (manager === undefined) throw new Problem('MANAGER_UNKNOWN', { field });
  if (personId !== undefined && (await isManagedBy(repositories, orgId, managerId, personId)))
    throw new Problem('MANAGER_LOOP', { field });
  return manager;
}
