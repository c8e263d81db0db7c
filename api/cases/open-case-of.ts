import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { openCaseClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';

/** The case that has the person's claim, where there is one. It may have been closed a moment ago. */
export async function openCaseOf(
  { repositories: { claims, cases } }: Pick<ApiContext, 'repositories'>,
  { orgId, id }: Pick<Person, 'orgId' | 'id'>,
): Promise<CaseRecord | undefined> {
  const claim = await claims.get(openCaseClaimId(orgId, id), orgId);
  return claim && cases.get(orgId, claim.holderId);
}
