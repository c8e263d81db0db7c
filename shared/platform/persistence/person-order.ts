import type { Person, PersonStatus } from '../../domain/person.ts';
import { above, below, inside, type Comparison, type Filter } from './collection.ts';
import { searchFormsOf } from './search-forms.ts';

/** `status` is alphabetical by its word. Of what is alike the name decides, then the id: no two people stand at one place. */
export const PERSON_ORDERS = ['created', 'name', 'address', 'status'] as const;
export type PersonOrder = (typeof PERSON_ORDERS)[number];
export const DIRECTIONS = ['asc', 'desc'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Below everything a name or an address can hold, so that `Ann` stands before `Anna`; and what comes right after it. */
const BREAK = '\t';
const AFTER_BREAK = '\n';
const LONGEST_NAME = 120;

/** A field for each order whose values are unique, so that a page is one range of it. */
const FIELDS = { created: '_id', name: 'byName', address: 'byAddress', status: 'byStatus' } as const;

type Ordered = Pick<Person, 'id' | 'firstName' | 'lastName' | 'address' | 'status'>;

/** Where somebody stands in an order. */
export function placeOf(order: PersonOrder, person: Ordered): string {
  const { id, firstName, lastName, address, status } = person;
  switch (order) {
    case 'created':
      return id;
    case 'name':
      return [latinFormOf(`${lastName} ${firstName}`), id].join(BREAK);
    case 'address':
      return [address, id].join(BREAK);
    case 'status':
      return [status, placeOf('name', person)].join(BREAK);
  }
}

/** What is stored of it. */
export function placesOf(person: Ordered) {
  return {
    byName: placeOf('name', person),
    byAddress: placeOf('address', person),
    byStatus: placeOf('status', person),
  };
}

export interface OrderedRange {
  readonly order?: PersonOrder | undefined;
  readonly direction?: Direction | undefined;
  /** The place of the last person of the page before. */
  readonly after?: string | undefined;
  /** Only these. By name it is a part of the order by status, and needs no index of its own. */
  readonly status?: PersonStatus | undefined;
}

/** The filter of a range, and how it is sorted. */
export function rangeOf({ order = 'created', direction = 'asc', after, status }: OrderedRange): {
  readonly filter: Filter;
  readonly sort: Readonly<Record<string, 1 | -1>>;
} {
  const isUp = direction === 'asc';
  const sortBy = (field: string) => ({ [field]: isUp ? (1 as const) : (-1 as const) });
  if (status === undefined || (order !== 'name' && order !== 'status')) {
    const field = FIELDS[order];
    const range = after === undefined ? {} : { [field]: isUp ? above(after) : below(after) };
    return { filter: { ...(status === undefined ? {} : { status }), ...range }, sort: sortBy(field) };
  }
  const from = after === undefined || order === 'status' ? after : [status, after].join(BREAK);
  return { filter: { byStatus: withinStatus(status, isUp, from) }, sort: sortBy('byStatus') };
}

function withinStatus(status: PersonStatus, isUp: boolean, after: string | undefined): Comparison {
  const [low, high] = [`${status}${BREAK}`, `${status}${AFTER_BREAK}`];
  if (after === undefined) return inside(low, high);
  return isUp ? inside(after, high) : inside(low, after);
}

/** In Latin letters, whatever the script: one alphabet for everybody. */
function latinFormOf(name: string): string {
  return (searchFormsOf(name).at(-1) ?? '').slice(0, LONGEST_NAME);
}
