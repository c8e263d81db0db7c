import type { Connection } from 'mongoose';
import type { AccountRole, Person, PersonStatus } from '../../domain/person.ts';
import { above, atMost, between, oneOf, type Filter } from './collection.ts';
import { INTERNAL, internalOf, openPeople, type PersonDocument } from './person-collection.ts';
import { rangeOf, type OrderedRange } from './person-order.ts';
import { searchFilter } from './search-forms.ts';
import { fromStored, splitChanges, toStored, type ChangesOf, type Stored } from './stored.ts';

export type PersonChanges = ChangesOf<Omit<Person, 'id' | 'orgId' | 'rev' | 'createdAtMs'>>;

/**
 * Each filter has an index for each order (a search for two of them), and is found by it; of several that are given, the others are looked at in what the
 * index gives, and a page is filled all the same.
 */
export interface PersonListFilter extends OrderedRange {
  readonly limit: number;
  /** Only these of a few. */
  readonly ids?: readonly string[] | undefined;
  readonly accountRole?: AccountRole | undefined;
  readonly domain?: string | undefined;
  readonly department?: string | undefined;
  readonly managerId?: string | undefined;
  /**
   * The beginning of a part of a name, of both names, of an address, an alias or the external id; at least two letters. In the
   * order of creation or by name.
   */
  readonly search?: string | undefined;
}

export interface PersonRepository {
  get(orgId: string, id: string): Promise<Person | undefined>;
  /** Those that exist, in no order. */
  getMany(orgId: string, ids: readonly string[]): Promise<readonly Person[]>;
  insert(person: Person): Promise<'inserted' | 'exists'>;
  /** Those who are there already stay as they are. */
  insertMany(people: readonly Person[]): Promise<void>;
  /** Changes revision `rev`; `undefined` when somebody else was first, or there is no such person. */
  update(orgId: string, id: string, rev: number, changes: PersonChanges): Promise<Person | undefined>;
  /** In the order of creation unless another one is asked for. */
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

const documentOf = (person: Person): PersonDocument => ({ ...toStored(person), ...internalOf(person) });
const restore = (document: PersonDocument): Person => fromStored(document, INTERNAL);

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
    insert: (person) => collection.insert(documentOf(person)),
    async insertMany(people) {
      await collection.insertMany(people.map(documentOf));
    },
    async update(orgId, id, rev, changes) {
      const current = await collection.findOne({ _id: id, orgId, rev });
      if (current === undefined) return undefined;
      const internal = internalOf({ ...restore(current), ...changes } as Person);
      const changing = 'openChange' in changes ? { changingSinceMs: changes.openChange?.atMs } : {};
      const { set, unset } = splitChanges({ ...changes, ...changing });
      const changed = await collection.changeOne(
        { _id: id, orgId, rev },
        { set: { ...set, ...internal }, unset, increment: { rev: 1 } },
      );
      return changed && restore(changed);
    },
    async list(orgId, { order, direction, after, status, limit, ids, search, ...others }) {
      // What a search gives is looked at for the status, as it is for anything else.
      const isSearch = search !== undefined;
      const range = rangeOf({ order, direction, after, status: isSearch ? undefined : status });
      const filter = {
        ...{ orgId, ...given(isSearch ? { ...others, status } : others), ...range.filter },
        ...(ids === undefined ? {} : { _id: oneOf(ids) }),
        ...(isSearch ? searchFilter(search) : {}),
      };
      const found = await collection.findWithout<Stored<Person>>(INTERNAL, filter, range.sort, limit);
      return found.map((one) => fromStored(one));
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

function given(equal: Readonly<Record<string, string | undefined>>): Filter {
  const entries = Object.entries(equal).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
