import type { SortField } from '../query/parse-sort.ts';
import type { Doc } from '../values/bson-values.ts';
import { boundsOf, conditionsOf, type ByteRange } from './bounds.ts';
import { PRIMARY, type IndexSpec } from './index-spec.ts';
import { after } from './key-layout.ts';

/**
 * Chooses how to reach the documents of a filter: the index with the most fields fixed by equality, then one with a
 * range, then one that also yields the wanted order. Without any, the whole collection is read in `_id` order.
 */
export interface Scan {
  readonly index: IndexSpec;
  /** Ascending and disjoint; relative to the index's prefix. */
  readonly ranges: readonly ByteRange[];
  /** Each range's `low` is a whole key of a unique index: one look-up instead of a walk. */
  readonly exact: boolean;
}

export interface Plan {
  /** More than one scan only for `$or`, one per branch. */
  readonly scans: readonly Scan[];
  readonly reverse: boolean;
  /** The scan yields the wanted order, so nothing needs sorting. */
  readonly sorted: boolean;
}

interface Candidate {
  readonly scan: Scan;
  readonly score: number;
  readonly order: 'forward' | 'reverse' | 'none';
  readonly bounded: boolean;
}

const EVERYTHING: ByteRange = { low: Buffer.alloc(0), high: Buffer.from([0xff]) };
const MAX_RANGES = 2000;

export function planQuery(filter: Doc, sort: readonly SortField[], indexes: readonly IndexSpec[]): Plan {
  const best = bestIndex(filter, sort, indexes);
  if (!best.bounded) {
    const union = planUnion(filter, indexes);
    if (union !== undefined) return { scans: union, reverse: false, sorted: sort.length === 0 };
  }
  return {
    scans: [best.scan],
    reverse: best.order === 'reverse',
    sorted: sort.length === 0 || best.order !== 'none',
  };
}

function bestIndex(filter: Doc, sort: readonly SortField[], indexes: readonly IndexSpec[]): Candidate {
  const conditions = conditionsOf(filter);
  let best = consider(PRIMARY, conditions, sort);
  if (best.scan.exact && best.scan.ranges.length === 1) return best;
  for (const index of indexes) {
    const candidate = consider(index, conditions, sort);
    if (candidate.score > best.score) best = candidate;
  }
  return best;
}

/** An `$or` is served by indexes when each of its branches is. */
function planUnion(filter: Doc, indexes: readonly IndexSpec[]): readonly Scan[] | undefined {
  const branches = filter['$or'] as Doc[] | undefined;
  if (branches === undefined) return undefined;
  const candidates = branches.map((branch) => bestIndex(branch, [], indexes));
  return candidates.every((candidate) => candidate.bounded)
    ? candidates.map((candidate) => candidate.scan)
    : undefined;
}

function consider(
  index: IndexSpec,
  conditions: ReadonlyMap<string, readonly Doc[]>,
  sort: readonly SortField[],
): Candidate {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let range: ByteRange | undefined;
  let fixed = 0;
  let usedMultikey = false;
  for (const [at, field] of index.fields.entries()) {
    const multikey = index.multikey[at] ?? false;
    if (multikey && usedMultikey) break;
    const { points, range: found } = boundsOf(conditions.get(field.path) ?? [], field.descending, multikey);
    if (points === undefined || prefixes.length * points.length > MAX_RANGES) {
      range = found;
      break;
    }
    prefixes = prefixes.flatMap((prefix) => points.map((point) => Buffer.concat([prefix, point])));
    fixed = at + 1;
    usedMultikey ||= multikey;
  }
  const order = orderOf(index, fixed, prefixes.length <= 1, sort);
  const complete = index.unique && fixed === index.fields.length;
  const score =
    (complete ? 1000 : 0) + fixed * 100 + (range === undefined ? 0 : 50) + (order === 'none' ? 0 : 30);
  const bounded = fixed > 0 || range !== undefined;
  const ranges = prefixes.map((prefix) => rangeUnder(prefix, range));
  return { scan: { index, ranges, exact: complete }, score, order, bounded };
}

function rangeUnder(prefix: Buffer, range: ByteRange | undefined): ByteRange {
  if (range !== undefined)
    return { low: Buffer.concat([prefix, range.low]), high: Buffer.concat([prefix, range.high]) };
  return prefix.length === 0 ? EVERYTHING : { low: prefix, high: after(prefix) };
}

/** Fields fixed to one value do not disturb the order; arrays do, as one document then has several keys. */
function orderOf(
  index: IndexSpec,
  fixed: number,
  onePrefix: boolean,
  sort: readonly SortField[],
): 'forward' | 'reverse' | 'none' {
  if (sort.length === 0) return 'none';
  const isConstant = (_field: unknown, at: number): boolean =>
    onePrefix && at < fixed && index.multikey[at] === false;
  const constant = new Set(index.fields.filter(isConstant).map((field) => field.path));
  const wanted = sort.filter((field) => !constant.has(field.path));
  const rest = index.fields.slice(onePrefix ? fixed : 0);
  const usable = wanted.every((field, at) => {
    const position = index.fields.length - rest.length + at;
    return rest[at]?.path === field.path && index.multikey[position] === false;
  });
  if (!usable) return 'none';
  const flips = new Set(wanted.map((field, at) => field.descending !== rest[at]?.descending));
  return flips.size > 1 ? 'none' : flips.has(true) ? 'reverse' : 'forward';
}
