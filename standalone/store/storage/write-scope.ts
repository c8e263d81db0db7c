import type { Table } from './environment.ts';

/**
 * The writes of one command inside the running transaction. They can be taken back to a mark, so a statement that is
 * refused half-way leaves nothing behind while the statements before it stay.
 */
export interface WriteScope {
  readonly put: (table: Table, key: Buffer, value: Buffer, previous: Buffer | undefined) => void;
  readonly remove: (table: Table, key: Buffer, previous: Buffer) => void;
  readonly mark: () => number;
  readonly rollbackTo: (mark: number) => void;
}

interface Step {
  readonly table: Table;
  readonly key: Buffer;
  readonly previous: Buffer | undefined;
}

export function createWriteScope(): WriteScope {
  const steps: Step[] = [];
  return {
    put: (table, key, value, previous) => {
      steps.push({ table, key, previous });
      table.putSync(key, value);
    },
    remove: (table, key, previous) => {
      steps.push({ table, key, previous });
      table.removeSync(key);
    },
    mark: () => steps.length,
    rollbackTo: (mark) => {
      while (steps.length > mark) {
        const step = steps.pop();
        if (step === undefined) return;
        if (step.previous === undefined) step.table.removeSync(step.key);
        else step.table.putSync(step.key, step.previous);
      }
    },
  };
}

/** Runs one statement: all of its writes stay, or none. */
export function allOrNothing<T>(scope: WriteScope, statement: () => T): T {
  const mark = scope.mark();
  try {
    return statement();
  } catch (error) {
    scope.rollbackTo(mark);
    throw error;
  }
}
