import { queryDocuments } from '../query/document-source.ts';
import { parseFilter } from '../query/parse-filter.ts';
import { parseSort } from '../query/parse-sort.ts';
import type { CollectionInfo } from '../storage/catalog.ts';
import type { Doc } from '../values/bson-values.ts';
import type { CommandContext } from './command.ts';

/** The documents a write is about, collected before the first of them changes: a moved index entry is not met twice. */
export interface Target {
  readonly filter: Doc;
  readonly sort: unknown;
  /** 0 for all. */
  readonly limit: number;
}

export function locate(
  context: CommandContext,
  collection: CollectionInfo | undefined,
  target: Target,
): Buffer[] {
  const source = queryDocuments(context.entries, collection, {
    filter: target.filter,
    sort: parseSort(target.sort),
    limit: target.limit,
    maxTimeMs: 0,
  });
  const found: Buffer[] = [];
  for (let bytes = source.next(); bytes !== undefined; bytes = source.next()) found.push(bytes);
  source.pause();
  return found;
}

export function readFilter(filter: unknown): Doc {
  return parseFilter(filter ?? {});
}
