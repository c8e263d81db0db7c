import type { Person } from '../../shared/domain/person.ts';
import type { PersonChanges } from '../../shared/platform/persistence/person-repository.ts';
import type { Repositories } from '../../shared/platform/persistence/create-repositories.ts';

const MAX_ATTEMPTS = 5;

/** Changes a person by compare-and-set; `decide` gives `undefined` when nothing is to be changed (any more). */
export async function changePerson(
  of: {
    readonly ports: { readonly repositories: Pick<Repositories, 'people'> };
    readonly person: Pick<Person, 'orgId' | 'id'>;
  },
  decide: (person: Person) => PersonChanges | undefined,
): Promise<void> {
  const { people } = of.ports.repositories;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const person = await people.get(of.person.orgId, of.person.id);
    const changes = person && decide(person);
    if (person === undefined || changes === undefined) return;
    if ((await people.update(person.orgId, person.id, person.rev, changes)) !== undefined) return;
  }
  throw new Error('a person kept changing');
}
