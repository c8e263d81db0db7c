import { queryDocuments, type Query } from '../query/document-source.ts';
import type { CollectionInfo } from '../storage/catalog.ts';
import type { CommandContext } from './command.ts';

/** The documents a write is about, collected before the first of them changes: a moved index entry is not met twice. */
export function locate(
  context: CommandContext,
  collection: CollectionInfo | undefined,
  query: Query,
): Buffer[] {
  const source = queryDocuments(context.entries, collection, query);
  const found: Buffer[] = [];
  for (let bytes = source.next(); bytes !== undefined; bytes = source.next()) found.push(bytes);
  source.pause();
  return found;
}
