import { above, type Collection, type StoredDocument } from '../collection.ts';
import type { ChangedPage } from './migration.ts';

const PAGE = 100;

/** One page of a collection, of every organisation. `change` says whether it changed the document. */
export async function changeEach<D extends StoredDocument>(
  collection: Pick<Collection<D>, 'find'>,
  after: string | undefined,
  change: (document: D) => Promise<boolean>,
): Promise<ChangedPage> {
  const page = await collection.find(after === undefined ? {} : { _id: above(after) }, { _id: 1 }, PAGE);
  const changed = (await Promise.all(page.map(change))).filter(Boolean).length;
  const last = page.at(-1);
  return last === undefined || page.length < PAGE ? { changed } : { changed, next: last._id };
}
