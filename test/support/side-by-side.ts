import { test } from '@jest/globals';
import pLimit from 'p-limit';

/** How many long histories are carried out at once: each mostly waits for the engine. */
const AT_ONCE = 3;
/** The last one waits for whatever is before it. */
const TIMEOUT_MS = 300_000;

/** A test for each item, as `test.each` makes them; they are carried out a few at a time. */
export function testSideBySide<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  run: (item: Item) => Promise<void>,
): void {
  const outcomeOf = sideBySide(items, run);
  for (const item of items) test(nameOf(item), () => outcomeOf(item), TIMEOUT_MS);
}

/**
 * Begins with every item, a few at a time, as soon as the first is asked for. Gives what came of one; a failure is that
 * item's alone.
 */
export function sideBySide<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): (item: Item) => Promise<Result> {
  const inTurn = pLimit(AT_ONCE);
  let begun: ReadonlyMap<Item, Promise<Result>> | undefined;
  return async (item) => {
    begun ??= new Map(
      items.map((one) => {
        const result = inTurn(() => run(one));
        // Whoever waits for it is told; that nobody does yet is no accident.
        result.catch(() => undefined);
        return [one, result];
      }),
    );
    const result = begun.get(item);
    if (result === undefined) throw new Error('this was never to be carried out');
    return result;
  };
}
