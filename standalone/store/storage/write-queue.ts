import { performance } from 'node:perf_hooks';
import type { StoreObserver } from '../observer.ts';
import type { Table } from './environment.ts';
import { allOrNothing, createWriteScope, type WriteScope } from './write-scope.ts';

/**
 * Write commands run one after another, each as a whole, and are answered only after the transaction that holds them
 * was flushed. Commands that arrive while a flush is under way share the next one: that is what makes many small
 * writes fast. A failed flush fails every command in it, and then none of them was written.
 */
export interface WriteQueue {
  readonly run: <T>(command: (scope: WriteScope) => T) => Promise<T>;
  /** Settles when everything queued so far has been answered. */
  readonly drain: () => Promise<void>;
  /**
   * Lets no further command run until the function it gives is called; they wait, in their order. Resolves when the flush
   * under way is over: from then on the disk stands still.
   */
  readonly hold: () => Promise<() => void>;
}

interface Waiting {
  /** Runs the command and returns how to answer it after the flush. */
  readonly execute: () => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * A batch runs commands about as long as a flush takes, so that neither waits much for the other: short batches on a
 * fast disk let clients work while the next batch runs, longer ones make a slow disk worth its flush.
 */
const MIN_BATCH_MS = 1;
const MAX_BATCH_MS = 20;

export function createWriteQueue(table: Table, observer: StoreObserver): WriteQueue {
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let flushing: Promise<void> | undefined;
  let held: Promise<void> | undefined;
  let batchMs = MIN_BATCH_MS;

  const flushOnce = async (): Promise<void> => {
    let taken: Waiting[] = [];
    const answers: (() => void)[] = [];
    let beganAt = 0;
    let executedAt = 0;
    try {
      await table.childTransaction(() => {
        beganAt = performance.now();
        const endsAt = beganAt + batchMs;
        let count = 0;
        while (count < waiting.length && (count === 0 || performance.now() < endsAt)) {
          const command = waiting[count++];
          if (command !== undefined) answers.push(command.execute());
        }
        taken = waiting.splice(0, count);
        executedAt = performance.now();
      });
      const flushMs = performance.now() - executedAt;
      batchMs = Math.min(MAX_BATCH_MS, Math.max(MIN_BATCH_MS, flushMs));
      observer.flush(taken.length, (executedAt - beganAt) / 1000, flushMs / 1000);
    } catch (error) {
      for (const command of taken) command.fail(error);
      return;
    }
    for (const answer of answers) answer();
  };

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      while (held !== undefined) await held;
      flushing = flushOnce();
      await flushing;
    }
    flushing = undefined;
    working = undefined;
  };

  return {
    run: <T>(command: (scope: WriteScope) => T) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ execute: () => execute(command, resolve, reject), fail: reject });
        working ??= work();
      }),
    drain: async () => {
      await working;
    },
    hold: async () => {
      let open: () => void = () => undefined;
      held = new Promise((resolve) => (open = resolve));
      await flushing;
      return () => {
        held = undefined;
        open();
      };
    },
  };
}

function execute<T>(
  command: (scope: WriteScope) => T,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): () => void {
  const scope = createWriteScope();
  try {
    const result = allOrNothing(scope, () => command(scope));
    return () => resolve(result);
  } catch (error) {
    return () => reject(error);
  }
}
