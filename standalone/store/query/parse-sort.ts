import { StoreError, notSupported } from '../store-error.ts';
import { describe, isDoc, type Doc } from '../values/bson-values.ts';
import { EMPTY_ARRAY_KEY, compareValues, encodeKey } from '../index/key-encoder.ts';
import { checkPath, leavesAt } from '../values/paths.ts';

/** A sort specification as the list of its paths, and the bytes that order a document by it. */
export interface SortField {
  readonly path: string;
  readonly segments: readonly string[];
  readonly descending: boolean;
}

const MAX_SORT_FIELDS = 32;

export function parseSort(sort: unknown): readonly SortField[] {
  if (sort === undefined) return [];
  if (!isDoc(sort)) throw new StoreError('TypeMismatch', `sort must be a document, not ${describe(sort)}`);
  const fields = Object.entries(sort).map(([path, direction]) => {
    if (isDoc(direction)) throw notSupported(`sorting '${path}' by an expression`);
    if (direction !== 1 && direction !== -1) {
      throw new StoreError('BadValue', `the sort direction of '${path}' must be 1 or -1`);
    }
    return { path, segments: checkPath(path), descending: direction === -1 };
  });
  if (fields.length > MAX_SORT_FIELDS)
    throw new StoreError('BadValue', `sort has more than ${MAX_SORT_FIELDS} fields`);
  return fields;
}

export function sortKey(document: Doc, sort: readonly SortField[]): Buffer {
  return encodeKey(
    sort.map(({ segments, descending }) => ({
      value: representative(document, segments, descending),
      descending,
    })),
  );
}

/** An array sorts by its least element when ascending and by its greatest when descending. */
function representative(document: Doc, segments: readonly string[], descending: boolean): unknown {
  const candidates = leavesAt(document, segments).flatMap((leaf) => {
    if (!Array.isArray(leaf)) return [leaf];
    return leaf.length === 0 ? [EMPTY_ARRAY_KEY] : (leaf as unknown[]);
  });
  const sign = descending ? -1 : 1;
  return candidates.reduce<unknown>(
    (best, value, at) => (at === 0 || sign * compareValues(value, best) < 0 ? value : best),
    null,
  );
}
