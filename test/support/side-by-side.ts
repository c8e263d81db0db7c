import pLimit from 'p-limit';

/** How many long histories are carried out at once: each mostly waits for the engine. */
const AT_ONCE = 3;

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
