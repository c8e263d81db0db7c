type Entry = { readonly id: string };

const PAGE = 20;

/**
 * The newest `limit` entries of several lists that are each read newest first by range: as one list, without a sort. Each
 * list is read a small page at a time, so that little is read in vain.
 */
export async function mergeNewestFirst<T extends Entry>(
  lists: readonly ((page: { readonly before?: string; readonly limit: number }) => Promise<readonly T[]>)[],
  limit: number,
): Promise<readonly T[]> {
  const heads = await Promise.all(lists.map((list) => nextOf(newestFirst(list))));
  const merged: T[] = [];
  while (merged.length < limit) {
    const newest = heads
      .filter((head) => head.entry !== undefined)
      .reduce<Head<T> | undefined>(
        (best, head) => (best && idOf(best) > idOf(head) ? best : head),
        undefined,
      );
    if (newest?.entry === undefined) return merged;
    merged.push(newest.entry);
    heads[heads.indexOf(newest)] = await nextOf(newest.rest);
  }
  return merged;
}

interface Head<T> {
  readonly entry: T | undefined;
  readonly rest: AsyncIterator<T>;
}

const idOf = (head: Head<Entry>): string => head.entry?.id ?? '';

async function nextOf<T>(rest: AsyncIterator<T>): Promise<Head<T>> {
  const next = await rest.next();
  return { entry: next.done === true ? undefined : next.value, rest };
}

async function* newestFirst<T extends Entry>(
  list: (page: { readonly before?: string; readonly limit: number }) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  for (let before: { readonly before?: string } = {}; ;) {
    const page = await list({ ...before, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    before = { before: last.id };
  }
}
