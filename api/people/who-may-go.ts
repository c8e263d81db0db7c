import type { Person } from '../../shared/domain/person.ts';
import type { ApiContext } from '../api-context.ts';
import { Problem } from '../http/problem.ts';
import { hasOtherAdministrator } from './administrators.ts';

/** Somebody must be left who can let people in. */
export async function assertAdministratorStays(context: ApiContext, leaver: Person): Promise<void> {
  if (leaver.accountRole !== 'administrator' || (await hasOtherAdministrator(context, leaver))) return;
  throw new Problem('LAST_ADMINISTRATOR', { field: '/personId' });
}

/** Somebody whose account may be taken away. */
export async function leaverOf(context: ApiContext, orgId: string, personId: string): Promise<Person> {
  const person = await context.repositories.people.get(orgId, personId);
  const field = '/personId';
  if (person === undefined) throw new Problem('PERSON_UNKNOWN', { field });
  if (person.protected) throw new Problem('PERSON_PROTECTED', { field });
  if (person.status === 'departed') throw new Problem('PERSON_DEPARTED', { field });
  return person;
}
