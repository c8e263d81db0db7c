import { openCaseClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { StepContext } from '../steps/step-definition.ts';
import { rolesOf } from '../../shared/domain/reference.ts';

/** Who can take over from a leaver, in order: the successor, the manager. Nobody who leaves as well. */
export async function heirsOf({ ports, person, theCase }: StepContext): Promise<readonly Person[]> {
  const { people, claims } = ports.repositories;
  const heirs: Person[] = [];
  for (const id of [rolesOf(theCase.request).successorId, person.managerId]) {
    if (id === undefined || id === person.id) continue;
    const heir = await people.get(person.orgId, id);
    const leaves = await claims.get(openCaseClaimId(person.orgId, id), person.orgId);
    if (heir?.status === 'active' && leaves === undefined) heirs.push(heir);
  }
  return heirs;
}
