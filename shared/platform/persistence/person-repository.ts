import type { Connection } from 'mongoose';
import type { AccountRole, Person, PersonStatus } from '../../domain/person.ts';
import { above, atMost, between, oneOf, openCollection, type Collection, type Filter } from './collection.ts';
import { searchFormOf, searchPrefixesOf } from './search-prefixes.ts';
import { fromStored, splitChanges, toStored, type ChangesOf, type Stored } from './stored.ts';

export type PersonChanges = ChangesOf<Omit<Person, 'id' | 'orgId' | 'rev' | 'createdAtMs'>>;

/**
 * Each has an index that also yields the order, and is found by it; of several that are given, the others are looked at in what
 * the index gives, and a page is filled all the same.
 */
interface PersonListFilter {
  /** The id of the last person of the page before. */
  readonly after?: string;
  readonly limit: number;
  readonly status?: PersonStatus;
  readonly accountRole?: AccountRole;
  readonly domain?: string;
  readonly department?: string;
  readonly managerId?: string;
  /** The beginning of a first or last name, of both, of the address or of the external id; at least two letters. */
  readonly search?: string;
}

export interface PersonRepository {
  get(orgId: string, id: string): Promise<Person | undefined>;
  /** Those that exist, in no order. */
  getMany(orgId: string, ids: readonly string[]): Promise<readonly Person[]>;
  insert(person: Person): Promise<'inserted' | 'exists'>;
  /** Changes revision `rev`; `undefined` when somebody else was first, or there is no such person. */
  update(orgId: string, id: string, rev: number, changes: PersonChanges): Promise<Person | undefined>;
  /** In the order of creation. */
  list(orgId: string, filter: PersonListFilter): Promise<readonly Person[]>;
  /** How many work here. */
  countWorking(orgId: string): Promise<number>;
  /** Administrators who are neither leaving nor departed, at most `limit`. */
  listAdministrators(orgId: string, limit: number): Promise<readonly Person[]>;
  /** Those whose open change was begun until then, in no order. */
  listChanging(orgId: string, begunUntilMs: number, limit: number): Promise<readonly Person[]>;
  /** Those who have this manager, in the order of creation. */
  listReports(
    orgId: string,
    managerId: string,
    after: string | undefined,
    limit: number,
  ): Promise<readonly Person[]>;
  /** Those whose time ends on one of these local days, the first in front; `after`: the id of the last one known of a single day. */
  listEnding(
    orgId: string,
    status: PersonStatus,
    days: { readonly from?: string; readonly until: string; readonly after?: string },
    limit: number,
  ): Promise<readonly Person[]>;
  /** Whether anybody has an address in this domain. */
  anyInDomain(orgId: string, domain: string): Promise<boolean>;
  ensureIndexes(): Promise<void>;
}

/** `changingSinceMs`: when the open change was begun, to find those that nobody goes on with. */
type PersonDocument = Stored<Person> & {
  readonly searchPrefixes: readonly string[];
  readonly changingSinceMs?: number;
};

const restore = (document: PersonDocument): Person =>
  fromStored(document, ['searchPrefixes', 'changingSinceMs']);

export function createPersonRepository(connection: Connection): PersonRepository {
  const collection = openPeople(connection);
  return {
    async get(orgId, id) {
      const found = await collection.findOne({ _id: id, orgId });
      return found && restore(found);
    },
    async getMany(orgId, ids) {
      if (ids.length === 0) return [];
      const found = await collection.find({ orgId, _id: oneOf(ids) }, { _id: 1 }, ids.length);
      return found.map(restore);
    },
    insert: (person) => collection.insert({ ...toStored(person), searchPrefixes: searchPrefixesOf(person) }),
    async update(orgId, id, rev, changes) {
      const current = await collection.findOne({ _id: id, orgId, rev });
      if (current === undefined) return undefined;
      const searchPrefixes = searchPrefixesOf({ ...restore(current), ...changes } as Person);
      const changing = 'openChange' in changes ? { changingSinceMs: changes.openChange?.atMs } : {};
      const { set, unset } = splitChanges({ ...changes, ...changing });
      const changed = await collection.changeOne(
        { _id: id, orgId, rev },
        { set: { ...set, searchPrefixes }, unset, increment: { rev: 1 } },
      );
      return changed && restore(changed);
    },
    async list(orgId, filter) {
      const found = await collection.find(listFilter(orgId, filter), { _id: 1 }, filter.limit);
      return found.map(restore);
    },
    countWorking: (orgId) => collection.count({ orgId, status: oneOf(['active', 'disabled', 'leaving']) }),
    async listAdministrators(orgId, limit) {
      const filter = { orgId, accountRole: 'administrator', status: 'active' };
      return (await collection.find(filter, { _id: 1 }, limit)).map(restore);
    },
    async listChanging(orgId, begunUntilMs, limit) {
      const filter = { orgId, changingSinceMs: atMost(begunUntilMs) };
      return (await collection.find(filter, { changingSinceMs: 1 }, limit)).map(restore);
    },
    async listReports(orgId, managerId, after, limit) {
      const filter = { orgId, managerId, ...(after === undefined ? {} : { _id: above(after) }) };
      return (await collection.find(filter, { _id: 1 }, limit)).map(restore);
    },
    async listEnding(orgId, status, { from, until, after }, limit) {
      const days = { endsOn: between(from, until) ?? until };
      const filter = { orgId, status, ...days, ...(after === undefined ? {} : { _id: above(after) }) };
      return (await collection.find(filter, { endsOn: 1, _id: 1 }, limit)).map(restore);
    },
    async anyInDomain(orgId, domain) {
      return (await collection.findOne({ orgId, domain })) !== undefined;
    },
    ensureIndexes: () => collection.ensureIndexes(),
  };
}

function listFilter(orgId: string, { after, limit: _limit, search, ...equal }: PersonListFilter): Filter {
  return {
    orgId,
    ...equal,
    ...(after === undefined ? {} : { _id: above(after) }),
    ...(search === undefined ? {} : { searchPrefixes: searchFormOf(search) }),
  };
}

function openPeople(connection: Connection): Collection<PersonDocument> {
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
      searchPrefixes: 'strings',
    },
    indexes: [
      { orgId: 1, _id: 1 },
      { orgId: 1, status: 1, _id: 1 },
      { orgId: 1, searchPrefixes: 1, _id: 1 },
      { orgId: 1, domain: 1, _id: 1 },
      { orgId: 1, department: 1, _id: 1 },
      { orgId: 1, accountRole: 1, _id: 1 },
      { orgId: 1, accountRole: 1, status: 1, _id: 1 },
      { orgId: 1, managerId: 1, _id: 1 },
      { orgId: 1, changingSinceMs: 1 },
      { orgId: 1, status: 1, endsOn: 1, _id: 1 },
    ],
  });
}
