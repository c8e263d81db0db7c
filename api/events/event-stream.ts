import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';
import { isValidKey } from '../http/auth.ts';
import type { Call } from '../http/call.ts';
import { newsSince, type CaseEventMessage } from './case-news.ts';
import type { CaseWatch } from './case-watch.ts';
import { eventIdOf, type EventPosition } from './event-position.ts';

/** A client that was cut off comes back after this. */
const RETRY_MS = 2_000;

/**
 * The text of a stream of events, in the order in which they are asked for: a slow reader is told the present, not a backlog.
 * Ends after the end of the case, when the caller is gone, when the server ends, and when the key opens nothing any more.
 */
export async function* eventStream(
  context: ApiContext,
  call: Call,
  watch: CaseWatch,
  record: CaseRecord,
  from: EventPosition,
): AsyncGenerator<string> {
  const { heartbeatMs } = context.streams;
  let position = from;
  let current = record;
  let checkedAt = performance.now();
  yield `retry: ${RETRY_MS}\n\n`;
  for (;;) {
    for (const message of newsSince(current, position, context.calendar)) {
      yield textOf(message);
      position = message.position;
    }
    if (current.closedAtMs !== undefined) return;
    const next = await watch.next(current, heartbeatMs, call.signal);
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
function textOf({ name, position, data }: CaseEventMessage): string {
  return `event: ${name}\nid: ${eventIdOf(position)}\ndata: ${JSON.stringify(data)}\n\n`;
}
