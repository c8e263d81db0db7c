import { planQuery, type Scan } from '../index/plan.ts';
import type { IndexSpec } from '../index/index-spec.ts';
import { after, prefixOf } from '../index/key-layout.ts';
import type { CollectionInfo } from '../storage/catalog.ts';
import type { Table } from '../storage/environment.ts';
import type { Doc } from '../values/bson-values.ts';

/**
 * Counts without reading a document, where one index knows everything the filter asks for. Keys are counted inside LMDB: a
 * hundred thousand of them take some milliseconds.
 */
export function countByIndex(entries: Table, collection: CollectionInfo, filter: Doc): number | undefined {
  const scan = exactScan(filter, collection.indexes);
  if (scan === undefined) return undefined;
  const prefix = prefixOf(collection.id, scan.index.id);
  return scan.ranges.reduce((sum, { low, high }) => {
    const range = { start: Buffer.concat([prefix, low]), end: Buffer.concat([prefix, high]) };
    return sum + entries.getKeysCount(range);
  }, 0);
}

/** Every document has one key in such an index, so it counts them; the smallest keys are counted fastest. */
export function countDocuments(entries: Table, collection: CollectionInfo): number {
  const index = collection.indexes.find(({ multikey }) => !multikey.includes(true));
  const start = prefixOf(collection.id, index?.id ?? 0);
  return entries.getKeysCount({ start, end: after(start) });
}

/** The scan whose ranges hold exactly the keys of what the filter accepts, each document once. */
export function exactScan(filter: Doc, indexes: readonly IndexSpec[]): Scan | undefined {
  const [scan, ...others] = planQuery(filter, [], indexes).scans;
  if (scan === undefined || others.length > 0 || scan.exact || scan.index.multikey.includes(true))
    return undefined;
  const wanted = Object.entries(filter);
  const fixed = new Set(scan.index.fields.slice(0, wanted.length).map(({ path }) => path));
  return wanted.every(([path, condition]) => fixed.has(path) && isPlainEquality(condition))
    ? scan
    : undefined;
}

/** Other operators may accept less than their range, and null is also what is absent. */
function isPlainEquality(condition: unknown): boolean {
  const operators = Object.entries(condition as Doc);
  const [operator, operand] = operators[0] ?? [];
  const values = operator === '$eq' ? [operand] : operator === '$in' ? (operand as unknown[]) : [];
  return (
    operators.length === 1 &&
    values.length > 0 &&
    values.every((value) => ['string', 'number', 'boolean'].includes(typeof value))
  );
}
