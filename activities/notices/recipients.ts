import type { Organisation } from '../../shared/domain/organisation.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';
import { StepFailed } from '../steps/step-failure.ts';

const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/u;

/** The person's own address outside, where it is known to be one; else the manager, or whoever stands in. */
export async function privateOrManager(
  repositories: Pick<Repositories, 'people'>,
  organisation: Organisation,
  person: Person,
): Promise<readonly string[]> {
  const { privateContact } = person;
  if (privateContact !== undefined && ADDRESS.test(privateContact)) return [privateContact];
  return managerOrOrganisation(repositories, organisation, person);
}

/** The manager, or whoever stands in: the organisation's notification addresses. */
export async function managerOrOrganisation(
  repositories: Pick<Repositories, 'people'>,
  organisation: Organisation,
  person: Person,
): Promise<readonly string[]> {
  const manager = await addressesOf(repositories, person.orgId, [person.managerId]);
  const addresses = manager.length > 0 ? manager : organisation.notificationAddresses;
  if (addresses.length === 0) throw new StepFailed('NO_RECIPIENT');
  return addresses;
}

/** Where these people are written to; somebody who leaves or left is not. */
export async function addressesOf(
  { people }: Pick<Repositories, 'people'>,
  orgId: string,
  ids: readonly (string | undefined)[],
): Promise<readonly string[]> {
  const known = ids.filter((id) => id !== undefined);
  const found = await Promise.all(known.map((id) => people.get(orgId, id)));
  return found.flatMap((person) => (person?.status === 'active' ? [person.address] : []));
}
