import type { CaseRecord } from '../../shared/domain/case-record.ts';
import type { ApiContext } from '../api-context.ts';
import { ANY_CASE, caseBehind, DEPARTURES, type CaseDoor } from '../cases/case-door.ts';
import { newsSince } from '../events/case-news.ts';
import { eventIdOf, positionOf, type EventPosition } from '../events/event-position.ts';
import { followRecord, type Telling } from '../events/event-stream.ts';
import { createRecordWatch } from '../events/record-watch.ts';
import type { TakePlace } from '../events/stream-places.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { noQuery } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { routesOf, type Route } from '../http/route.ts';
import { caseEventOperations, departureEventOperations } from './case-event-operations.ts';

/** The progress of a case as server-sent events, for whoever may read it. */
export function caseEventRoutes(context: ApiContext, takePlace: TakePlace): readonly Route[] {
  const telling: Telling<CaseRecord, EventPosition> = {
    newsSince: (record, position) => newsSince(record, position, context.calendar),
    idOf: eventIdOf,
    isOver: ({ closedAtMs }) => closedAtMs !== undefined,
    watch: createRecordWatch(context, (orgId, id) => context.repositories.cases.get(orgId, id)),
    takePlace,
  };
  const behind = (door: CaseDoor) => (call: Call) => follow(context, call, door, telling);
  return [
    ...routesOf(departureEventOperations, { followDeparture: behind(DEPARTURES) }),
    ...routesOf(caseEventOperations, { followCase: behind(ANY_CASE) }),
  ];
}

async function follow(
  context: ApiContext,
  call: Call,
  door: CaseDoor,
  telling: Telling<CaseRecord, EventPosition>,
): Promise<Answer> {
  parse(noQuery, call.query, 'query');
  const position = positionOf(call.header('last-event-id'));
  const record = await caseBehind(door, context, call.actor.orgId, paramOf(call, 'id'));
  return followRecord(context, call, telling, record, position);
}
