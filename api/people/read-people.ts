import { openCaseClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { placeOf, type Direction, type PersonOrder } from '../../shared/platform/persistence/person-order.ts';
import type { PersonListFilter } from '../../shared/platform/persistence/person-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Call } from '../http/call.ts';
import { fillPage, type Range } from '../http/pages.ts';
import { Problem } from '../http/problem.ts';
import { allows } from '../http/scopes.ts';
import type { PeopleSelection } from './people-selection.ts';

type Filter = Omit<PersonListFilter, 'after' | 'limit' | 'direction'>;

/** A range of those who are wanted, in one direction. */
export type Reader = (direction: Direction, range: Range) => Promise<readonly Person[]>;

/** Who is asked for. Throws `SCOPE_MISSING` where it is about cases that this caller may not see. */
export function readerOf(
  context: ApiContext,
  call: Call,
  {
    sort: order,
    direction: _direction,
    role: accountRole,
    hasOpenCase,
    q,
    search = q,
    ...equal
  }: PeopleSelection,
): Reader {
  if (hasOpenCase !== undefined && !allows(call.actor.key.scopes, 'cases:read'))
    throw new Problem('SCOPE_MISSING', { detail: 'hasOpenCase needs the scope cases:read.' });
  return filteredReader(context, call.actor.orgId, { ...equal, order, accountRole, search }, hasOpenCase);
}

function filteredReader(
  context: ApiContext,
  orgId: string,
  filter: Filter & { readonly order: PersonOrder },
  hasOpenCase: 'true' | 'false' | undefined,
): Reader {
  const { people } = context.repositories;
  const read: Reader = (direction, range) => people.list(orgId, { ...filter, ...range, direction });
  if (hasOpenCase === undefined) return read;
  const readSome: SomeReader =
    hasOpenCase === 'true'
      ? (direction, range) => withOpenCase(context, orgId, filter, direction, range)
      : async (direction, range) =>
          withoutOpenCase(context, orgId, filter.order, await read(direction, range));
  return async (direction, range) => {
    const page = await fillPage(
      range,
      (one) => readSome(direction, one),
      ({ place }) => place,
      ({ person }) => person !== undefined,
    );
    return page.flatMap(({ person }) => person ?? []);
  };
}

/** Of those with an open case, where few of them may be among those wanted. */
const LOOKED_AT_ONCE = 200;

/** Somebody who was looked at; without the person where they are not among those wanted. */
interface LookedAt {
  readonly place: string;
  readonly person?: Person | undefined;
}
type SomeReader = (direction: Direction, range: Range) => Promise<readonly LookedAt[]>;

/** The claims of open cases are few, and in the order of creation. */
async function withOpenCase(
  { repositories: { claims, people } }: ApiContext,
  orgId: string,
  filter: Filter,
  direction: Direction,
  range: Range,
): Promise<readonly LookedAt[]> {
  const isNarrow = Object.values({ ...filter, order: undefined }).some((value) => value !== undefined);
  const limit = isNarrow ? Math.max(range.limit, LOOKED_AT_ONCE) : range.limit;
  const ids = await claims.listWithOpenCase(orgId, { ...range, limit, direction });
  const found = await people.list(orgId, { ...filter, ids, limit: ids.length });
  return ids.map((id) => ({ place: id, person: found.find((person) => person.id === id) }));
}

async function withoutOpenCase(
  { repositories: { claims } }: ApiContext,
  orgId: string,
  order: PersonOrder,
  found: readonly Person[],
): Promise<readonly LookedAt[]> {
  const claimed = await claims.getMany(
    found.map(({ id }) => openCaseClaimId(orgId, id)),
    orgId,
  );
  return found.map((person) => ({
    place: placeOf(order, person),
    person: claimed.has(openCaseClaimId(orgId, person.id)) ? undefined : person,
  }));
}
