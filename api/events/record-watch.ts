import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';

/** What can be followed: a case, an import. */
export interface Followed {
  readonly orgId: string;
  readonly id: string;
  readonly rev: number;
}

export interface RecordWatch<T extends Followed> {
  /** The record once it is at a later revision; `undefined` when it is not in time, or the signal says to stop. */
  next(known: Followed, withinMs: number, signal: AbortSignal): Promise<T | undefined>;
}

interface Waiter<T> {
  readonly rev: number;
  /** With the record, with nothing, or with a reading that failed. */
  settle(outcome: T | undefined | Promise<T | undefined>): void;
}

/**
 * Looks at the records that are waited for, each by its id, however many wait for it. An outage of the database is waited out;
 * when the server ends, nobody waits any longer.
 */
export function createRecordWatch<T extends Followed>(
  context: ApiContext,
  read: (orgId: string, id: string) => Promise<T | undefined>,
): RecordWatch<T> {
  const watched = new Map<string, Set<Waiter<T>>>();

  async function look({ orgId, id }: Followed, waiters: Set<Waiter<T>>): Promise<void> {
    for (let isAway = false; ;) {
      await sleep(context.streams.lookEveryMs, undefined, { ref: false });
      // Without an await between the question and the answer to it, nobody can begin to wait in vain.
      if (waiters.size === 0) break;
      if (context.stopping.aborted) {
        for (const waiter of waiters) waiter.settle(undefined);
        break;
      }
      const reading = read(orgId, id);
      try {
        const record = await reading;
        for (const waiter of waiters)
          if (record !== undefined && record.rev > waiter.rev) waiter.settle(record);
        isAway = false;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) for (const waiter of waiters) waiter.settle(reading);
        else if (!isAway)
          context.logger.warn({ followed: id }, 'what is followed cannot be read; its followers wait');
        isAway = true;
      }
    }
    watched.delete(id);
  }

  function waitersOf(known: Followed): Set<Waiter<T>> {
    const waiters = watched.get(known.id) ?? new Set<Waiter<T>>();
    if (watched.get(known.id) === undefined) {
      watched.set(known.id, waiters);
      void look(known, waiters);
    }
    return waiters;
  }

  return {
    next(known, withinMs, signal) {
      return new Promise((resolve) => {
        if (signal.aborted) {
          resolve(undefined);
          return;
        }
        const waiters = waitersOf(known);
        const stop = (): void => waiter.settle(undefined);
        const timer = setTimeout(stop, withinMs);
        const done = (): void => {
          waiters.delete(waiter);
          clearTimeout(timer);
          signal.removeEventListener('abort', stop);
        };
        const waiter: Waiter<T> = {
          rev: known.rev,
          settle(outcome) {
            done();
            resolve(outcome);
          },
        };
        waiters.add(waiter);
        signal.addEventListener('abort', stop, { once: true });
      });
    },
  };
}
