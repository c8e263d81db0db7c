import { openCaseClaimId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { placeOf, type Direction, type PersonOrder } from '../../shared/platform/persistence/person-order.ts';
import type { PersonListFilter } from '../../shared/platform/persistence/person-repository.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { fillPage, type Range } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { allows } from '../http/scopes.ts';
import { answerTwoWayPage } from '../http/two-way-pages.ts';
import { listedPersonView } from './listed-person-view.ts';
import { peopleFilter } from './person-fields.ts';
import { factsOf } from './person-facts.ts';

/** The form of a place in each order; by name and address a text stands before the id. */
const PLACES: Readonly<Record<PersonOrder, RegExp>> = {
  created: /^per_\w{1,40}$/u,
  name: /^[^\t]*\tper_\w{1,40}$/u,
  address: /^[^\t]+\tper_\w{1,40}$/u,
  status: /^[a-z_]+\t[^\t]*\tper_\w{1,40}$/u,
};

type Filter = Omit<PersonListFilter, 'after' | 'limit' | 'direction'>;

/** A page of people, each with what this caller may do now. */
export async function listPeople(context: ApiContext, call: Call): Promise<Answer> {
  const wanted = parse(peopleFilter, call.query, 'query');
  const { limit, after, before, sort: order, direction, role: accountRole, hasOpenCase, ...others } = wanted;
  const { q, search = q, ...equal } = others;
  if (hasOpenCase !== undefined && !allows(call.actor.key.scopes, 'cases:read'))
    throw new Problem('SCOPE_MISSING', { detail: 'hasOpenCase needs the scope cases:read.' });
  const filter = { ...equal, order, accountRole, search };
  const read = readerOf(context, call.actor.orgId, filter, hasOpenCase);
  return answerTwoWayPage(
    call,
    { limit, after, before },
    {
      name: order === 'created' ? 'people' : `people by ${order}`,
      key: PLACES[order],
      read: (range) => read(direction, range),
      readBackwards: ({ before: end, limit: most }) =>
        read(direction === 'asc' ? 'desc' : 'asc', { after: end, limit: most }),
      keyOf: (person) => placeOf(order, person),
      show: async (people) =>
        (await factsOf(context, call.actor.orgId, people)).map((facts) => listedPersonView(call, facts)),
    },
  );
}

type Reader = (direction: Direction, range: Range) => Promise<readonly Person[]>;

function readerOf(
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
