import { StoreError, notSupported } from '../store-error.ts';
import { isDoc } from './bson-values.ts';

/**
 * Dotted paths. One walk serves matching, sorting and index keys alike, so that an index never knows a document by
 * other values than the filter does.
 */
const MAX_SEGMENTS = 100;
const ARRAY_INDEX = /^(0|[1-9][0-9]*)$/;

export function isArrayIndex(segment: string): boolean {
  return ARRAY_INDEX.test(segment);
}

export function checkPath(path: string): readonly string[] {
  const segments = path.split('.');
  if (segments.length > MAX_SEGMENTS)
    throw new StoreError('Overflow', `the path '${path.slice(0, 80)}…' is too deep`);
  for (const segment of segments) checkSegment(segment, path);
  return segments;
}

function checkSegment(segment: string, path: string): void {
  if (segment === '') throw new StoreError('EmptyFieldName', `the path '${path}' holds an empty field name`);
  if (segment === '$' || segment.startsWith('$[')) throw notSupported(`the positional operator in '${path}'`);
  if (segment.startsWith('$'))
    throw new StoreError('BadValue', `'${segment}' in the path '${path}' is not a field name`);
  if (segment === '__proto__') throw new StoreError('BadValue', `the path '${path}' is not allowed`);
}

/**
 * The leaves a path leads to; `undefined` stands for an absent one. Arrays on the way are entered by position and
 * through each of their documents; an array at the end is one leaf.
 */
export function leavesAt(value: unknown, segments: readonly string[], at = 0): unknown[] {
  const segment = segments[at];
  if (segment === undefined) return [value];
  if (Array.isArray(value)) return leavesInArray(value, segments, at, segment);
  if (!isDoc(value) || !Object.hasOwn(value, segment)) return [undefined];
  return at + 1 === segments.length ? [value[segment]] : leavesAt(value[segment], segments, at + 1);
}

function leavesInArray(
  items: readonly unknown[],
  segments: readonly string[],
  at: number,
  segment: string,
): unknown[] {
  const leaves: unknown[] = [];
  if (isArrayIndex(segment) && Number(segment) < items.length) {
    leaves.push(...leavesAt(items[Number(segment)], segments, at + 1));
  }
  for (const item of items) if (isDoc(item)) leaves.push(...leavesAt(item, segments, at));
  return leaves.length === 0 && isArrayIndex(segment) ? [undefined] : leaves;
}
