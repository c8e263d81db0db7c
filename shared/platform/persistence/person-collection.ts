import type { Connection } from 'mongoose';
import type { Person } from '../../domain/person.ts';
import { openCollection, type Collection } from './collection.ts';
import { placesOf } from './person-order.ts';
import { searchFieldsOf } from './search-forms.ts';
import type { Stored } from './stored.ts';

/** What only the database needs: the places in the orders, and what a search looks at. Follows from the rest of a person. */
export function internalOf(person: Person) {
  return { ...placesOf(person), ...searchFieldsOf(person) };
}
type Internal = ReturnType<typeof internalOf> & {
  /** When the open change was begun, to find those that nobody goes on with. */
  readonly changingSinceMs?: number;
};
export const INTERNAL = [
  'byName',
  'byAddress',
  'byStatus',
  'searchTexts',
  'searchPrefixes',
  'changingSinceMs',
] as const satisfies readonly (keyof Internal)[];
export type PersonDocument = Stored<Person> & Internal;

type Index = Readonly<Record<string, 1>>;
const indexOf = (...fields: readonly string[]): Index =>
  Object.fromEntries(['orgId', ...fields].map((field) => [field, 1 as const]));

/** The embedded store takes the first of those that serve a filter equally well: the one that leaves least to look at. */
const FILTERS = ['managerId', 'department', 'domain', 'accountRole'] as const;

/** Of whatever is left to look at: all orders, and those of one status. By name it is a range of `byStatus`. */
const ordersOf = (...filter: readonly string[]): readonly Index[] => [
  ...['_id', 'byName', 'byAddress', 'byStatus'].map((order) => indexOf(...filter, order)),
  ...['_id', 'byAddress'].map((order) => indexOf(...filter, 'status', order)),
];

const INDEXES: readonly Index[] = [
  // Several keys a person: in the two orders somebody looks for a name in, and no other.
  indexOf('searchPrefixes', '_id'),
  indexOf('searchPrefixes', 'byName'),
  ...FILTERS.flatMap((filter) => ordersOf(filter)),
  ...ordersOf(),
  indexOf('changingSinceMs'),
  indexOf('status', 'endsOn', '_id'),
];

export function openPeople(connection: Connection): Collection<PersonDocument> {
  return openCollection<PersonDocument>(connection, {
    name: 'people',
    fields: {
      rev: 'number',
      generation: 'number',
      status: 'string',
      firstName: 'string',
      lastName: 'string?',
      externalId: 'string?',
      address: 'string',
      aliases: 'strings',
      domain: 'string',
      accountRole: 'string',
      quotaBytes: 'number',
      groups: 'strings',
      managerId: 'string?',
      department: 'string?',
      template: 'string?',
      timeZone: 'string?',
      country: 'string?',
      locale: 'string?',
      privateContact: 'string?',
      endsOn: 'string?',
      protected: 'boolean',
      legalHold: 'json?',
      accounts: 'json',
      openChange: 'json?',
      changingSinceMs: 'number?',
      createdAtMs: 'number',
      byName: 'string',
      byAddress: 'string',
      byStatus: 'string',
      searchTexts: 'strings',
      searchPrefixes: 'strings',
    },
    indexes: INDEXES,
  });
}
