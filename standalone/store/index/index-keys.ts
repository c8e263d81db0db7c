import { StoreError } from '../store-error.ts';
import type { Doc } from '../values/bson-values.ts';
import { leavesAt } from '../values/paths.ts';
import type { IndexSpec } from './index-spec.ts';
import { EMPTY_ARRAY_KEY, encodeKey } from './key-encoder.ts';

/** The keys one document has in one index: one per array element where a field holds an array, else exactly one. */
export interface IndexKeys {
  readonly keys: readonly Buffer[];
  readonly multikey: readonly boolean[];
  /** The values of the first key, in the order of the fields: what a duplicate-key error reports. */
  readonly values: readonly unknown[];
}

const segmentsByPath = new Map<string, readonly string[]>();

function segmentsOf(path: string): readonly string[] {
  const known = segmentsByPath.get(path);
  if (known !== undefined) return known;
  const segments = path.split('.');
  segmentsByPath.set(path, segments);
  return segments;
}

/** What stands around the fields in every key of an index (see key-layout). */
export interface KeyFrame {
  readonly prefix?: Buffer;
  readonly suffix?: Buffer | undefined;
}

export function indexKeysOf(document: Doc, index: IndexSpec, frame: KeyFrame = {}): IndexKeys {
  const perField = index.fields.map((field) => valuesAt(document, segmentsOf(field.path)));
  const arrays = perField.filter((field) => field.multikey);
  if (arrays.length === 0) {
    const values = perField.map((field) => field.values[0]);
    return { keys: [keyOf(values, index, frame)], multikey: NO_ARRAYS, values };
  }
  if (arrays.length > 1 && !shareOneArray(index, perField)) {
    throw new StoreError(
      'CannotIndexParallelArrays',
      `cannot index parallel arrays in index '${index.name}'`,
    );
  }
  const combinations = arrays.length > 1 ? zip(perField) : product(perField.map((field) => field.values));
  const keys = combinations.map((values) => keyOf(values, index, frame));
  return {
    keys: keys.length === 1 ? keys : distinct(keys),
    multikey: perField.map((field) => field.multikey),
    values: combinations[0] ?? [],
  };
}

const NO_ARRAYS: readonly boolean[] = [];

function keyOf(values: readonly unknown[], index: IndexSpec, frame: KeyFrame): Buffer {
  const fields = values.map((value, at) => ({ value, descending: index.fields[at]?.descending ?? false }));
  return encodeKey(fields, frame.prefix, frame.suffix);
}

interface FieldValues {
  readonly values: readonly unknown[];
  readonly multikey: boolean;
}

function valuesAt(document: Doc, segments: readonly string[]): FieldValues {
  const first = segments[0] ?? '';
  if (segments.length === 1 && !Array.isArray(document[first]))
    return { values: [document[first]], multikey: false };
  const leaves = leavesAt(document, segments);
  const values = leaves.flatMap((leaf) => {
    if (!Array.isArray(leaf)) return [leaf];
    return leaf.length === 0 ? [EMPTY_ARRAY_KEY] : (leaf as unknown[]);
  });
  const multikey = leaves.length !== 1 || leaves.some((leaf) => Array.isArray(leaf));
  return {
    values: values.length === 0 ? [undefined] : values,
    multikey: multikey || crossesArray(document, segments),
  };
}

function crossesArray(document: Doc, segments: readonly string[]): boolean {
  let value: unknown = document;
  for (const segment of segments) {
    if (Array.isArray(value)) return true;
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Doc)[segment];
  }
  return false;
}

/** Fields of the documents in one and the same array (`steps.kind`, `steps.at`) may be indexed together. */
function shareOneArray(index: IndexSpec, perField: readonly FieldValues[]): boolean {
  const parents = index.fields
    .filter((_, at) => perField[at]?.multikey === true)
    .map((field) => field.path.slice(0, Math.max(0, field.path.lastIndexOf('.'))));
  const lengths = new Set(perField.filter((field) => field.multikey).map((field) => field.values.length));
  return lengths.size === 1 && parents.every((parent) => parent !== '' && parent === parents[0]);
}

function zip(perField: readonly FieldValues[]): unknown[][] {
  const length = Math.max(...perField.map((field) => field.values.length));
  return Array.from({ length }, (_, at) => perField.map((field) => field.values[field.multikey ? at : 0]));
}

function product(perField: readonly (readonly unknown[])[]): unknown[][] {
  return perField.reduce<unknown[][]>(
    (rows, values) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
}

function distinct(keys: readonly Buffer[]): Buffer[] {
  const byText = new Map(keys.map((key) => [key.toString('latin1'), key]));
  return [...byText.values()];
}
