import type { ApiContext } from '../api-context.ts';
import type { Call } from '../http/call.ts';
import { Problem } from '../http/problem.ts';

const RETRY_AFTER_SECONDS = 10;

/** Takes a place for a stream of events. Throws `STREAMS_EXHAUSTED`. */
export type TakePlace = (call: Call) => void;

/** So many streams per key at once, counted in this process. A place is free again when its caller is gone. */
export function placesOf(context: ApiContext): TakePlace {
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
