import type { Person } from '../../shared/domain/person.ts';
import type { StepContext } from '../steps/step-definition.ts';
import { rolesOf } from '../../shared/domain/reference.ts';
import { isGoing } from '../../shared/platform/people/is-going.ts';

/** Who can take over from a leaver, in order: the successor, the manager. Nobody who leaves as well. */
export async function heirsOf({ ports, person, theCase }: StepContext): Promise<readonly Person[]> {
  const { repositories } = ports;
  const heirs: Person[] = [];
  for (const id of [rolesOf(theCase.request).successorId, person.managerId]) {
    if (id === undefined || id === person.id) continue;
    const heir = await repositories.people.get(person.orgId, id);
    if (heir?.status === 'active' && !(await isGoing(repositories, person.orgId, id))) heirs.push(heir);
  }
  return heirs;
}
