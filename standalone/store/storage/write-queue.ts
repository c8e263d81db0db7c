import { performance } from 'node:perf_hooks';
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
}

interface Waiting {
  /** Runs the command and returns how to answer it after the flush. */
  readonly execute: () => () => void;
  readonly fail: (error: unknown) => void;
}

/** Longer batches would keep readers waiting: the rest goes into the next transaction. */
const BATCH_BUDGET_MS = 20;

export function createWriteQueue(table: Table): WriteQueue {
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  const flushOnce = async (): Promise<void> => {
    let taken: Waiting[] = [];
    const answers: (() => void)[] = [];
    try {
      await table.childTransaction(() => {
        taken = waiting;
        waiting = [];
        const startedAt = performance.now();
        for (const [at, command] of taken.entries()) {
          if (performance.now() - startedAt > BATCH_BUDGET_MS) {
            waiting = [...taken.splice(at), ...waiting];
            break;
          }
          answers.push(command.execute());
        }
      });
    } catch (error) {
      for (const command of taken) command.fail(error);
      return;
    }
    for (const answer of answers) answer();
  };

  const work = async (): Promise<void> => {
    while (waiting.length > 0) await flushOnce();
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
