import { z } from 'zod';

const ID = /^[A-Za-z0-9_:-]{1,120}$/u;

/** `limit` and `after` of every list. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many at most.'),
  after: z.string().regex(ID).optional().describe('`next` of the page before.'),
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

export interface PageOf<T> {
  readonly items: readonly T[];
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

/** Ranges on an indexed key: reads one more than asked for, to know whether there is a next page. */
export async function pageOf<T>(
  limit: number,
  read: (limit: number) => Promise<readonly T[]>,
  keyOf: (item: T) => string,
): Promise<PageOf<T>> {
  const found = await read(limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last !== undefined ? { next: keyOf(last) } : {}) };
}
