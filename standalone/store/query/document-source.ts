import { planQuery } from '../index/plan.ts';
import type { CollectionInfo } from '../storage/catalog.ts';
import type { Table } from '../storage/environment.ts';
import { scanDocuments, type DocumentScan } from '../storage/scan.ts';
import { StoreError } from '../store-error.ts';
import { decode, type Doc } from '../values/bson-values.ts';
import { membersIn, onlyMembers } from '../values/partial-bson.ts';
import { compileFilter, type Matcher } from './matcher.ts';
import { parseFilter } from './parse-filter.ts';
import { parseSort, sortKey, type SortField } from './parse-sort.ts';

/** The documents of a query, in order, as stored; `pause` must be called before the event loop turns. */
export type DocumentSource = DocumentScan;

export interface Query {
  readonly filter: Doc;
  /** Undefined for a filter that accepts every document. */
  readonly matches: ((bytes: Buffer) => boolean) | undefined;
  readonly sort: readonly SortField[];
  /** 0 means no limit. */
  readonly limit: number;
  /** Milliseconds the query may take until it is refused, 0 for no limit. */
  readonly maxTimeMs: number;
}

/** Checks and compiles a query; done before a write command queues, so that the time inside its transaction is short. */
export function prepareQuery(query: {
  readonly filter: unknown;
  readonly sort?: unknown;
  readonly limit?: number | undefined;
  readonly maxTimeMs?: number | undefined;
}): Query {
  const filter = parseFilter(query.filter ?? {});
  return {
    filter,
    matches: Object.keys(filter).length === 0 ? undefined : onBytes(filter, compileFilter(filter)),
    sort: parseSort(query.sort),
    limit: query.limit ?? 0,
    maxTimeMs: query.maxTimeMs ?? 0,
  };
}

function onBytes(filter: Doc, matches: Matcher): (bytes: Buffer) => boolean {
  const members = onlyMembers(membersIn(filter));
  return (bytes) => matches(decode(members(bytes)));
}

const MAX_SORT_BYTES = 100 * 1024 * 1024;
const DEADLINE_CHECK_EVERY = 256;

export function queryDocuments(
  entries: Table,
  collection: CollectionInfo | undefined,
  query: Query,
): DocumentSource {
  if (collection === undefined) return EMPTY_SOURCE;
  const plan = planQuery(query.filter, query.sort, collection.indexes);
  const matching = filtered(scanDocuments(entries, collection, plan), query);
  if (!plan.sorted) return sortedSource(matching, query);
  return query.limit === 0 ? matching : limited(matching, query.limit);
}

const EMPTY_SOURCE: DocumentSource = { next: () => undefined, pause: () => undefined };

function filtered(scan: DocumentScan, query: Query): DocumentSource {
  const { matches } = query;
  const startedAt = performance.now();
  let examined = 0;
  return {
    next: () => {
      for (let bytes = scan.next(); bytes !== undefined; bytes = scan.next()) {
        if (++examined % DEADLINE_CHECK_EVERY === 0) assertWithin(query.maxTimeMs, startedAt);
        if (matches === undefined || matches(bytes)) return bytes;
      }
      return undefined;
    },
    pause: scan.pause,
  };
}

function assertWithin(maxTimeMs: number, startedAt: number): void {
  if (maxTimeMs === 0 || performance.now() - startedAt <= maxTimeMs) return;
  throw new StoreError('MaxTimeMSExpired', 'operation exceeded time limit');
}

function limited(source: DocumentSource, limit: number): DocumentSource {
  let left = limit;
  return {
    next: () => (left-- > 0 ? source.next() : undefined),
    pause: source.pause,
  };
}

interface Sortable {
  readonly key: Buffer;
  readonly bytes: Buffer;
}

/** No index yields the order: the matching documents are held in memory, at most twice the limit of them. */
function sortedSource(source: DocumentSource, query: Query): DocumentSource {
  const sorted = onlyMembers(new Set(query.sort.map(({ path }) => path.split('.')[0] ?? path)));
  let found: Sortable[] = [];
  let size = 0;
  for (let bytes = source.next(); bytes !== undefined; bytes = source.next()) {
    found.push({ key: sortKey(decode(sorted(bytes)), query.sort), bytes });
    size += bytes.length;
    if (query.limit > 0 && found.length >= 2 * query.limit + 100) {
      found = inOrder(found).slice(0, query.limit);
      size = found.reduce((sum, item) => sum + item.bytes.length, 0);
    }
    if (size > MAX_SORT_BYTES) {
      source.pause();
      throw new StoreError(
        'QueryExceededMemoryLimit',
        `sorting needs more than ${MAX_SORT_BYTES} bytes of memory; an index on the sorted fields would avoid it`,
      );
    }
  }
  source.pause();
  const ordered = inOrder(found);
  let at = 0;
  const end = query.limit === 0 ? ordered.length : Math.min(ordered.length, query.limit);
  return { next: () => (at < end ? ordered[at++]?.bytes : undefined), pause: () => undefined };
}

function inOrder(items: readonly Sortable[]): Sortable[] {
  return items.toSorted((left, right) => Buffer.compare(left.key, right.key));
}
