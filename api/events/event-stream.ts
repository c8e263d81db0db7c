import { Readable } from 'node:stream';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';
import { isValidKey } from '../http/auth.ts';
import type { Answer, Call } from '../http/call.ts';
import type { Followed, RecordWatch } from './record-watch.ts';
import type { TakePlace } from './stream-places.ts';

/** A client that was cut off comes back after this. */
const RETRY_MS = 2_000;

export interface EventMessage<Position> {
  readonly name: string;
  /** Where somebody stands who was told of it. */
  readonly position: Position;
  readonly data: unknown;
}

/** What is told of a record to whoever follows it. */
export interface Telling<T extends Followed, Position> {
  /** What a follower at this position does not know yet. */
  newsSince(record: T, position: Position): readonly EventMessage<Position>[];
  idOf(position: Position): string;
  /** Nothing follows any more. */
  isOver(record: T): boolean;
  readonly watch: RecordWatch<T>;
  readonly takePlace: TakePlace;
}

/** The record as server-sent events, from this position on. One request, however long it is open. */
export function followRecord<T extends Followed, Position>(
  context: ApiContext,
  call: Call,
  telling: Telling<T, Position>,
  record: T,
  position: Position,
): Answer {
  // Nothing will ever follow: 204 tells a browser not to come back.
  if (telling.isOver(record) && telling.newsSince(record, position).length === 0) return { status: 204 };
  telling.takePlace(call);
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      // The connection is worth nothing once the stream is over; a proxy that collects would show nothing until then.
      Connection: 'close',
      'X-Accel-Buffering': 'no',
    },
    stream: Readable.from(eventStream(context, call, telling, record, position)),
  };
}

/**
 * The text of a stream of events, in the order in which they are asked for: a slow reader is told the present, not a backlog.
 * Ends after the end of the record, when the caller is gone, when the server ends, and when the key opens nothing any more.
 */
async function* eventStream<T extends Followed, Position>(
  context: ApiContext,
  call: Call,
  telling: Telling<T, Position>,
  record: T,
  from: Position,
): AsyncGenerator<string> {
  const { heartbeatMs } = context.streams;
  let position = from;
  let current = record;
  let checkedAt = performance.now();
  yield `retry: ${RETRY_MS}\n\n`;
  for (;;) {
    for (const message of telling.newsSince(current, position)) {
      yield textOf(message, telling.idOf(message.position));
      position = message.position;
    }
    if (telling.isOver(current)) return;
    const next = await telling.watch.next(current, heartbeatMs, call.signal);
    if (call.signal.aborted || context.stopping.aborted) return;
    if (performance.now() - checkedAt >= heartbeatMs) {
      if (!(await isStillOpened(context, call))) return;
      checkedAt = performance.now();
    }
    if (next === undefined) yield ': nothing new\n\n';
    else current = next;
  }
}

/** While the database is away nothing is shown either, so the question can wait. */
async function isStillOpened(context: ApiContext, call: Call): Promise<boolean> {
  try {
    return await isValidKey(context, call.actor.key.hash);
  } catch (error) {
    if (error instanceof StoreUnavailable) return true;
    throw error;
  }
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream: JSON has no line breaks. */
function textOf({ name, data }: EventMessage<unknown>, id: string): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
