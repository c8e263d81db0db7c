import { placeOf, type PersonOrder } from '../../shared/platform/persistence/person-order.ts';
import type { ApiContext } from '../api-context.ts';
import type { Answer, Call } from '../http/call.ts';
import { parse } from '../http/parse.ts';
import { answerTwoWayPage } from '../http/two-way-pages.ts';
import { listedPersonView } from './listed-person-view.ts';
import { peopleFilter } from './people-selection.ts';
import { factsOf } from './person-facts.ts';
import { readerOf } from './read-people.ts';

/** The form of a place in each order; by name and address a text stands before the id. */
const PLACES: Readonly<Record<PersonOrder, RegExp>> = {
  created: /^per_\w{1,40}$/u,
  name: /^[^\t]*\tper_\w{1,40}$/u,
  address: /^[^\t]+\tper_\w{1,40}$/u,
  status: /^[a-z_]+\t[^\t]*\tper_\w{1,40}$/u,
};

/** A page of people, each with what this caller may do now. */
export async function listPeople(context: ApiContext, call: Call): Promise<Answer> {
  const { limit, after, before, ...wanted } = parse(peopleFilter, call.query, 'query');
  const { sort: order, direction } = wanted;
  const read = readerOf(context, call, wanted);
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
