import type { Plan, Scan } from '../index/plan.ts';
import { MAX_KEY_BYTES, PREFIX_BYTES, after, entryKey, prefixOf } from '../index/key-layout.ts';
import { PRIMARY } from '../index/index-spec.ts';
import type { CollectionInfo } from './catalog.ts';
import type { Table } from './environment.ts';

/**
 * Walks the documents a plan leads to, each once. Between two batches the walk keeps only the last key: a waiting cursor
 * pins no snapshot, sees later writes as MongoDB's cursors do, and costs almost nothing.
 */
export interface DocumentScan {
  readonly next: () => Buffer | undefined;
  readonly pause: () => void;
}

interface Range {
  readonly low: Buffer;
  readonly high: Buffer;
  readonly primary: boolean;
  readonly exact: boolean;
}

interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

export function scanDocuments(entries: Table, collection: CollectionInfo, plan: Plan): DocumentScan {
  const ranges = plan.scans.flatMap((scan) => rangesOf(scan, collection, plan.reverse));
  const seen = needsDistinct(plan) ? new Set<string>() : undefined;
  const documents = prefixOf(collection.id, PRIMARY.id);
  let at = 0;
  let last: Buffer | undefined;
  let open: Iterator<Entry> | undefined;

  const nextEntry = (): Entry | undefined => {
    for (let range = ranges[at]; range !== undefined; range = ranges[++at]) {
      if (range.exact) {
        const value = last === undefined ? entries.get(range.low) : undefined;
        last = value === undefined ? undefined : range.low;
        if (value !== undefined) return { key: range.low, value };
        continue;
      }
      open ??= openRange(entries, range, plan.reverse, last);
      const step = open.next();
      if (step.done !== true) {
        last = step.value.key;
        return step.value;
      }
      open = undefined;
      last = undefined;
    }
    return undefined;
  };

  return {
    next: () => {
      for (let entry = nextEntry(); entry !== undefined; entry = nextEntry()) {
        const primary = ranges[at]?.primary === true;
        const id = primary ? entry.key.subarray(PREFIX_BYTES) : entry.value;
        if (seen !== undefined) {
          const text = id.toString('latin1');
          if (seen.has(text)) continue;
          seen.add(text);
        }
        const bytes = primary ? entry.value : entries.get(entryKey(documents, id));
        if (bytes !== undefined) return bytes;
      }
      return undefined;
    },
    pause: () => {
      open?.return?.();
      open = undefined;
    },
  };
}

function needsDistinct(plan: Plan): boolean {
  return plan.scans.length > 1 || plan.scans.some((scan) => scan.index.multikey.includes(true));
}

function rangesOf(scan: Scan, collection: CollectionInfo, reverse: boolean): Range[] {
  const prefix = prefixOf(collection.id, scan.index.id);
  const ranges = scan.ranges.map(({ low, high }) => ({
    low: withinKeyLimit(Buffer.concat([prefix, low]), 'low'),
    high: withinKeyLimit(Buffer.concat([prefix, high]), 'high'),
    primary: scan.index.id === PRIMARY.id,
    exact: scan.exact && prefix.length + low.length <= MAX_KEY_BYTES,
  }));
  return reverse ? ranges.reverse() : ranges;
}

/** No stored key is that long, so a shorter bound that lies outside the wanted one loses nothing. */
function withinKeyLimit(bound: Buffer, side: 'low' | 'high'): Buffer {
  if (bound.length <= MAX_KEY_BYTES) return bound;
  const shorter = bound.subarray(0, MAX_KEY_BYTES);
  return side === 'low' ? shorter : after(shorter);
}

function openRange(
  entries: Table,
  range: Range,
  reverse: boolean,
  last: Buffer | undefined,
): Iterator<Entry> {
  const options = reverse
    ? { start: last ?? range.high, exclusiveStart: true, end: range.low, inclusiveEnd: true, reverse: true }
    : { start: last ?? range.low, exclusiveStart: last !== undefined, end: range.high };
  return entries.getRange(options)[Symbol.iterator]();
}
