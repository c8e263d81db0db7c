import { Readable } from 'node:stream';
import type { ApiContext } from '../api-context.ts';
import { ANY_CASE, caseBehind, DEPARTURES, type CaseDoor } from '../cases/case-door.ts';
import { newsSince } from '../events/case-news.ts';
import { createCaseWatch, type CaseWatch } from '../events/case-watch.ts';
import { positionOf } from '../events/event-position.ts';
import { eventStream } from '../events/event-stream.ts';
import { paramOf, type Answer, type Call } from '../http/call.ts';
import { noQuery } from '../http/pages.ts';
import { parse } from '../http/parse.ts';
import { Problem } from '../http/problem.ts';
import { routesOf, type Route } from '../http/route.ts';
import { caseEventOperations, departureEventOperations } from './case-event-operations.ts';

const RETRY_AFTER_SECONDS = 10;

/** The progress of a case as server-sent events, for whoever may read it. One request, however long it is open. */
export function caseEventRoutes(context: ApiContext): readonly Route[] {
  const watch = createCaseWatch(context);
  const takePlace = placesOf(context);
  const behind = (door: CaseDoor) => (call: Call) => follow(context, call, door, watch, takePlace);
  return [
    ...routesOf(departureEventOperations, { followDeparture: behind(DEPARTURES) }),
    ...routesOf(caseEventOperations, { followCase: behind(ANY_CASE) }),
  ];
}

async function follow(
  context: ApiContext,
  call: Call,
  door: CaseDoor,
  watch: CaseWatch,
  takePlace: (call: Call) => void,
): Promise<Answer> {
  parse(noQuery, call.query, 'query');
  const position = positionOf(call.header('last-event-id'));
  const record = await caseBehind(door, context, call.actor.orgId, paramOf(call, 'id'));
  // Nothing will ever follow: 204 tells a browser not to come back.
  if (record.closedAtMs !== undefined && newsSince(record, position, context.calendar).length === 0)
    return { status: 204 };
  takePlace(call);
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      // The connection is worth nothing once the stream is over; a proxy that collects would show nothing until then.
      Connection: 'close',
      'X-Accel-Buffering': 'no',
    },
    stream: Readable.from(eventStream(context, call, watch, record, position)),
  };
}

/** So many streams per key at once, counted in this process. A place is free again when its caller is gone. */
function placesOf(context: ApiContext): (call: Call) => void {
  const open = new Map<string, number>();
  return ({ actor, signal }) => {
    const { id } = actor.key;
    const taken = open.get(id) ?? 0;
    if (taken >= context.streams.perKey)
      throw new Problem('STREAMS_EXHAUSTED', { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } });
    if (signal.aborted) return;
    open.set(id, taken + 1);
    signal.addEventListener('abort', () => {
      const left = (open.get(id) ?? 1) - 1;
      if (left === 0) open.delete(id);
      else open.set(id, left);
    });
  };
}
