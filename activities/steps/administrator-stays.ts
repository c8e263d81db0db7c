import type { StepContext } from './step-definition.ts';
import { StepFailed } from './step-failure.ts';

/** Somebody else must be left who can let people in, before an administrator loses the role. */
export async function assertAdministratorStays({
  ports,
  person,
}: Pick<StepContext, 'ports' | 'person'>): Promise<void> {
  if (person.accountRole !== 'administrator') return;
  const others = await ports.repositories.people.listAdministrators(person.orgId, 2);
  if (others.every(({ id }) => id === person.id)) throw new StepFailed('LAST_ADMINISTRATOR');
}
