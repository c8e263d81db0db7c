import { openCaseClaimId } from '../../../shared/domain/ids.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { whyNot, type PersonChange } from '../../../shared/domain/people/why-not.ts';
import type { ApiContext } from '../../api-context.ts';
import type { Call } from '../../http/call.ts';
import { Problem } from '../../http/problem.ts';
import { hasOtherAdministrator } from '../administrators.ts';

/** Throws why the person cannot be changed this way by this caller. */
export async function assertChangeable(
  context: ApiContext,
  call: Pick<Call, 'actor'>,
  person: Person,
  change: PersonChange,
): Promise<void> {
  const { orgId, id, accountRole } = person;
  const openCase = await context.repositories.claims.get(openCaseClaimId(orgId, id), orgId);
  const refused = whyNot(change, {
    person,
    hasOpenCase: openCase !== undefined,
    isSelf: call.actor.key.personId === id,
    hasOtherAdministrator: accountRole === 'administrator' && (await hasOtherAdministrator(context, person)),
  });
  if (refused === undefined) return;
  const members = refused === 'CASE_OPEN' && openCase !== undefined ? { caseId: openCase.holderId } : {};
  throw new Problem(refused, { members });
}
