import DataLoader from 'dataloader';

/** The driver's first batch holds this many documents, so one answer is enough. */
const MOST_AT_ONCE = 100;

interface Wanted {
  readonly orgId: string;
  readonly id: string;
}

/**
 * Reads by id that are asked for in the same turn of the event loop go to the database as one: when a hundred cases move at
 * once, most of the work of a process was the overhead of its queries. Nothing is remembered: every call is answered by a
 * query that was sent after it.
 */
export function readById<D extends { readonly _id: string }>(
  readMany: (orgId: string, ids: readonly string[]) => Promise<readonly D[]>,
): (orgId: string, id: string) => Promise<D | undefined> {
  const loader = new DataLoader<Wanted, D | undefined>(
    async (all) => {
      const orgIds = [...new Set(all.map(({ orgId }) => orgId))];
      const found = await Promise.all(
        orgIds.map(async (orgId) => {
          const ids = all.filter((one) => one.orgId === orgId).map(({ id }) => id);
          const documents = await readMany(orgId, [...new Set(ids)]);
          return documents.map((document): readonly [string, D] => [`${orgId} ${document._id}`, document]);
        }),
      );
      const known = new Map(found.flat());
      return all.map(({ orgId, id }) => known.get(`${orgId} ${id}`));
    },
    { cache: false, maxBatchSize: MOST_AT_ONCE, batchScheduleFn: (send) => void setImmediate(send) },
  );
  return (orgId, id) => loader.load({ orgId, id });
}
