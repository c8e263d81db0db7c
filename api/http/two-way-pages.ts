import { z } from 'zod';
import type { Answer, Call } from './call.ts';
import { cursorOf, keyIn, linkTo } from './cursors.ts';
import { pageFields, pageSchema, type PagedList } from './pages.ts';

/** Of a list that can also be read backwards. */
export const twoWayPageFields = {
  ...pageFields,
  before: z.string().optional().describe('`previous` of the page after. Not together with `after`.'),
};

export function twoWayPageSchema<Item extends z.ZodType>(item: Item) {
  return pageSchema(item).extend({
    previous: z
      .string()
      .optional()
      .describe('Give it as `before` for the page before; absent on the first one.'),
  });
}

export interface TwoWayList<T> extends PagedList<T> {
  /** Those before the key, the nearest first. */
  readBackwards(range: { readonly before: string; readonly limit: number }): Promise<readonly T[]>;
}

interface Wanted {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/**
 * One page as `{items, next, previous}`, in the order of the list whichever way it is reached. Where a page was reached by a
 * cursor, there is something on the side it came from. Throws `CURSOR_INVALID`.
 */
export async function answerTwoWayPage<T>(call: Call, wanted: Wanted, list: TwoWayList<T>): Promise<Answer> {
  const { page, isFirst, isLast } = await pageOf(wanted, list);
  const [first, last] = [page.at(0), page.at(-1)];
  const next = isLast || last === undefined ? undefined : cursorOf(list, list.keyOf(last));
  const previous = isFirst || first === undefined ? undefined : cursorOf(list, list.keyOf(first));
  const links = [
    ...(next === undefined ? [] : [linkTo(call, 'next', { after: next })]),
    ...(previous === undefined ? [] : [linkTo(call, 'prev', { before: previous })]),
  ];
  return {
    status: 200,
    ...(links.length === 0 ? {} : { headers: { Link: links.join(', ') } }),
    body: {
      items: await list.show(page),
      ...(next === undefined ? {} : { next }),
      ...(previous === undefined ? {} : { previous }),
    },
  };
}

/** Reads one more than asked for, to know whether that was all. */
async function pageOf<T>({ limit, after, before }: Wanted, list: TwoWayList<T>) {
  if (before !== undefined) {
    const found = await list.readBackwards({ before: keyIn(list, before, 'before'), limit: limit + 1 });
    return { page: found.slice(0, limit).toReversed(), isFirst: found.length <= limit, isLast: false };
  }
  const range = after === undefined ? {} : { after: keyIn(list, after) };
  const found = await list.read({ ...range, limit: limit + 1 });
  return { page: found.slice(0, limit), isFirst: after === undefined, isLast: found.length <= limit };
}
