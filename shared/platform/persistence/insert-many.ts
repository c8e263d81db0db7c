import { mongo, type Model } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/**
 * `insertMany`, so many with one call: while the database takes them in, nobody else is answered. All calls are under way at once, so that
 * what they write is flushed together.
 */
export async function insertInParts(
  model: Pick<Model<never>, 'collection'>,
  documents: readonly { readonly _id: string }[],
  atOnce: number,
): Promise<ReadonlySet<string>> {
  const parts: Promise<ReadonlySet<string>>[] = [];
  for (let at = 0; at < documents.length; at += atOnce)
    parts.push(insertMany(model, documents.slice(at, at + atOnce)));
  return new Set((await Promise.all(parts)).flatMap((taken) => [...taken]));
}

/**
 * Inserts documents as they are: whoever made them knows their shape. Gives the ids that were taken; those documents are left
 * alone. Other documents are written all the same.
 */
async function insertMany(
  model: Pick<Model<never>, 'collection'>,
  documents: readonly { readonly _id: string }[],
): Promise<ReadonlySet<string>> {
  if (documents.length === 0) return new Set();
  try {
    await model.collection.insertMany(documents as never, { ordered: false, ignoreUndefined: true });
    return new Set();
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.length === 0 || failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
    return new Set(failures.flatMap(({ index }) => documents[index]?._id ?? []));
  }
}
