import { allOrNothing, type WriteScope } from '../storage/write-scope.ts';
import { StoreError } from '../store-error.ts';
import type { Doc } from '../values/bson-values.ts';

/**
 * Runs the statements of one command. A statement is written whole or not at all; after a refused one an ordered
 * command stops, an unordered one goes on, and either reports it by its position.
 */
export function runStatements<T>(
  scope: WriteScope,
  statements: readonly T[],
  ordered: boolean,
  run: (statement: T, index: number) => void,
): Doc[] {
  const errors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      allOrNothing(scope, () => run(statement, index));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (ordered) break;
    }
  }
  return errors;
}

/** A statement that was checked before its turn; what was wrong with it is reported when its turn comes. */
export type Prepared<T> = () => T;

export function prepare<T>(check: () => T): Prepared<T> {
  try {
    const value = check();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
