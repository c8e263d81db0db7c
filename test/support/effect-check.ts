import type { DirectoryEffect } from '../../directory/store/directory-store.ts';
import { operationsByAccount } from './http-company.ts';

/**
 * Compares the log with the operations each account was to see, in whatever order retries made of them. Gives a sentence for each operation that is missing, was
 * applied more often than once, or was never asked for; an empty list when nothing was lost and nothing done twice.
 */
export function effectComplaints(
  effects: readonly DirectoryEffect[],
  expected: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const applied = operationsByAccount(effects);
  return [...expected].flatMap(([accountId, wanted]) => {
    const found = applied.get(accountId) ?? [];
    return [...new Set([...wanted, ...found])].sort().flatMap((operation) => {
      const [is, shouldBe] = [count(found, operation), count(wanted, operation)];
      return is === shouldBe ? [] : [`${accountId}: ${operation} ${is} times instead of ${shouldBe}`];
    });
  });
}

function count(list: readonly string[], item: string): number {
  return list.filter((one) => one === item).length;
}
