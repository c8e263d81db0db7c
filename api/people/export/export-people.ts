import type { Person } from '../../../shared/domain/person.ts';
import { PERSON_COLUMNS, personTable } from '../../../shared/platform/exports/person-columns.ts';
import { MEDIA_TYPES, writeTable } from '../../../shared/platform/exports/write-table.ts';
import { auditId } from '../../../shared/platform/persistence/audit-repository.ts';
import { placeOf } from '../../../shared/platform/persistence/person-order.ts';
import type { ApiContext } from '../../api-context.ts';
import type { Answer, Call } from '../../http/call.ts';
import { parse } from '../../http/parse.ts';
import { organisationOf } from '../../organisation/organisation-of.ts';
import { peopleExport, type PeopleSelection } from '../people-selection.ts';
import { readerOf } from '../read-people.ts';

/** Read at once, however many there are. */
const PAGE = 500;

/** Everybody who is asked for as one file, written while they are read. Who took it, and what of whom, is in the audit. */
export async function exportPeople(context: ApiContext, call: Call): Promise<Answer> {
  const {
    format,
    columns = PERSON_COLUMNS,
    delimiter,
    bom,
    ...wanted
  } = parse(peopleExport, call.query, 'query');
  const { timeZone } = await organisationOf(context, call.actor.orgId);
  const { date } = context.calendar.localOf(context.now(), timeZone);
  const people = everybody(context, call, wanted);
  await audit(context, call, wanted, { format, columns });
  return {
    status: 200,
    headers: {
      'Content-Type': MEDIA_TYPES[format],
      'Content-Disposition': `attachment; filename="people-${date}.${format}"`,
      // A file of people is nobody's to keep on the way.
      'Cache-Control': 'no-store',
    },
    stream: writeTable(format, personTable(people, columns), {
      ...{ name: 'People', delimiter, withMark: bom === 'true' },
    }),
  };
}

function everybody(context: ApiContext, call: Call, wanted: PeopleSelection): AsyncIterable<Person> {
  const read = readerOf(context, call, wanted);
  return (async function* () {
    for (let after: { readonly after?: string } = {}; ;) {
      const page = await read(wanted.direction, { ...after, limit: PAGE });
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = { after: placeOf(wanted.sort, last) };
    }
  })();
}

/** One entry per request. Without what was searched for, which is a name. */
async function audit(
  { repositories, now }: ApiContext,
  call: Call,
  { q, search, ...whom }: PeopleSelection,
  how: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { orgId, ownerId: actorId } = call.actor;
  const action = 'people.exported';
  await repositories.audit.append({
    ...{ id: auditId(orgId, action, call.requestId), orgId, actorId, action, atMs: now() },
    detail: { ...how, ...whom, searched: (q ?? search) !== undefined },
  });
}
