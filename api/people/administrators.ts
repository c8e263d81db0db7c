import { openCaseClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';

const MOST_ADMINISTRATORS = 50;

/** The ids of those who are administrators and stay so: who have no open case, and are not being made users at this moment. */
export async function stayingAdministrators(
  { repositories: { people, claims } }: Pick<ApiContext, 'repositories'>,
  orgId: string,
): Promise<readonly string[]> {
  const found = await people.listAdministrators(orgId, MOST_ADMINISTRATORS);
  const ids = found
    .filter(({ openChange }) => openChange?.after['accountRole'] !== 'user')
    .map(({ id }) => id);
  const claimed = await claims.getMany(
    ids.map((id) => openCaseClaimId(orgId, id)),
    orgId,
  );
  return ids.filter((id) => !claimed.has(openCaseClaimId(orgId, id)));
}

/** Whether somebody else is an administrator and stays one. */
export async function hasOtherAdministrator(
  context: Pick<ApiContext, 'repositories'>,
  { orgId, id }: Pick<Person, 'orgId' | 'id'>,
): Promise<boolean> {
  return (await stayingAdministrators(context, orgId)).some((other) => other !== id);
}
