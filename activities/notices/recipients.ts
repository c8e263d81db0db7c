import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import { StepFailed } from '../steps/step-failure.ts';

/** The manager, or whoever stands in: the organisation's notification addresses. */
export async function managerOrOrganisation(
  repositories: Pick<Repositories, 'people'>,
  organisation: Organisation,
  person: Person,
): Promise<readonly string[]> {
  const manager =
    person.managerId === undefined
      ? undefined
      : await repositories.people.get(person.orgId, person.managerId);
  const addresses = manager?.status === 'active' ? [manager.address] : organisation.notificationAddresses;
  if (addresses.length === 0) throw new StepFailed('NO_RECIPIENT');
  return addresses;
}
