import type { Collection } from '../collection.ts';
import { internalOf, openPeople, type PersonDocument } from '../person-collection.ts';
import { fromStored, type Stored } from '../stored.ts';
import type { Person } from '../../../domain/person.ts';
import { changeEach } from './change-each.ts';
import type { Migration } from './migration.ts';

/** 0.1.0 listed people in the order of creation alone, and kept every beginning of a name for the search. */
export const placePeopleInOrders: Migration = {
  id: '0005-place-people-in-orders',
  description:
    'Every person has a place by name, by address and by status, and is found by parts of the name.',
  changePage({ connection }, after) {
    const people = openPeople(connection);
    return changeEach(people, after, (found) => place(people, found));
  },
};

type OlderPerson = Stored<Person> & Partial<PersonDocument>;

async function place(people: Collection<PersonDocument>, found: OlderPerson): Promise<boolean> {
  const { _id, orgId, rev, byStatus } = found;
  if (byStatus !== undefined) return false;
  // Nothing that anybody sees is changed, so the revision stays.
  if (await people.updateOne({ _id, orgId, rev }, { set: internalOf(fromStored(found)) })) return true;
  // Somebody changed the person in between.
  const current = await people.findOne({ _id, orgId });
  return current === undefined ? false : place(people, current);
}
