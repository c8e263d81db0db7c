import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';

export async function personOr404(context: ApiContext, orgId: string, id: string): Promise<Person> {
  const person = await context.repositories.people.get(orgId, id);
  if (person === undefined) throw new Problem('PERSON_NOT_FOUND');
  return person;
}
