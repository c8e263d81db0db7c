import { z } from 'zod';
import type { Answer, Call } from './call.ts';
import { cursorOf, keyIn, linkTo } from './cursors.ts';

/** `limit` and `after` of every list. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many at most.'),
  after: z.string().optional().describe('`next` of the page before.'),
};

export const pageQuery = z.strictObject(pageFields);
/** Of what takes no query. */
export const noQuery = z.strictObject({});

/** A page as it is answered. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next: z.string().optional().describe('Give it as `after` for the next page; absent on the last one.'),
  });
}

interface Wanted {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A range of a list on its key: `after` is the key of the last item of the page before. */
export interface Range {
  readonly after?: string;
  readonly limit: number;
}

/** A list that is read by ranges on a unique key, so that what comes or goes meanwhile moves no page. */
export interface PagedList<T> {
  /** Names the list: a cursor of one list is none of another. */
  readonly name: string;
  /** The form of its keys. */
  readonly key: RegExp;
  read(range: Range): Promise<readonly T[]>;
  keyOf(item: T): string;
  show(items: readonly T[]): readonly unknown[] | Promise<readonly unknown[]>;
}

/**
 * One page as `{items, next}`. `next` is given as `after` for the next page, and stands as a whole address in `Link` (RFC
 * 8288); on the last page there is neither. Reads one more than asked for, to know. Throws `CURSOR_INVALID`.
 */
export async function answerPage<T>(call: Call, wanted: Wanted, list: PagedList<T>): Promise<Answer> {
  const { limit } = wanted;
  const after = wanted.after === undefined ? {} : { after: keyIn(list, wanted.after) };
  const found = await list.read({ ...after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const items = await list.show(page);
  if (found.length <= limit || last === undefined) return { status: 200, body: { items } };
  const next = cursorOf(list, list.keyOf(last));
  return { status: 200, headers: { Link: linkTo(call, 'next', { after: next }) }, body: { items, next } };
}

/** The first `limit` entries that are accepted, whatever has to be read for them. */
export async function fillPage<T>(
  { after, limit }: Range,
  read: (range: Range) => Promise<readonly T[]>,
  keyOf: (item: T) => string,
  accepts: (item: T) => boolean,
): Promise<readonly T[]> {
  const filled: T[] = [];
  for (let range = after === undefined ? {} : { after }; ;) {
    const found = await read({ ...range, limit });
    filled.push(...found.filter(accepts));
    const last = found.at(-1);
    if (last === undefined || found.length < limit || filled.length >= limit) return filled.slice(0, limit);
    range = { after: keyOf(last) };
  }
}
