import { openCaseClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';

const MOST_ADMINISTRATORS = 50;

/** Whether somebody else is an administrator and stays one: has no open case, and is not being made a user at this moment. */
export async function hasOtherAdministrator(
  { repositories }: Pick<ApiContext, 'repositories'>,
  { orgId, id }: Pick<Person, 'orgId' | 'id'>,
): Promise<boolean> {
  const { people, claims } = repositories;
  for (const other of await people.listAdministrators(orgId, MOST_ADMINISTRATORS)) {
    if (other.id === id || other.openChange?.after['accountRole'] === 'user') continue;
    if ((await claims.get(openCaseClaimId(orgId, other.id), orgId)) === undefined) return true;
  }
  return false;
}
