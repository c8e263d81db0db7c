import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseRecord } from '../../shared/domain/case-record.ts';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';

export interface CaseWatch {
  /** The case once it is at a later revision; `undefined` when it is not in time, or the signal says to stop. */
  next(known: Known, withinMs: number, signal: AbortSignal): Promise<CaseRecord | undefined>;
}

type Known = Pick<CaseRecord, 'orgId' | 'id' | 'rev'>;

interface Waiter {
  readonly rev: number;
  /** With the case, with nothing, or with a reading that failed. */
  settle(outcome: CaseRecord | undefined | Promise<CaseRecord | undefined>): void;
}

/**
 * Looks at the cases that are waited for, each by its id, however many wait for it. An outage of the database is waited out;
 * when the server ends, nobody waits any longer.
 */
export function createCaseWatch(context: ApiContext): CaseWatch {
  const watched = new Map<string, Set<Waiter>>();

  async function look({ orgId, id }: Known, waiters: Set<Waiter>): Promise<void> {
    for (let isAway = false; ;) {
      await sleep(context.streams.lookEveryMs, undefined, { ref: false });
      // Without an await between the question and the answer to it, nobody can begin to wait in vain.
      if (waiters.size === 0) break;
      if (context.stopping.aborted) {
        for (const waiter of waiters) waiter.settle(undefined);
        break;
      }
      const reading = context.repositories.cases.get(orgId, id);
      try {
        const record = await reading;
        for (const waiter of waiters)
          if (record !== undefined && record.rev > waiter.rev) waiter.settle(record);
        isAway = false;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) for (const waiter of waiters) waiter.settle(reading);
        else if (!isAway)
          context.logger.warn({ caseId: id }, 'a followed case cannot be read; its followers wait');
        isAway = true;
      }
    }
    watched.delete(id);
  }

  function waitersOf(known: Known): Set<Waiter> {
    const waiters = watched.get(known.id) ?? new Set();
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
        const waiter: Waiter = {
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
