import { Binary, ObjectId } from 'bson';

/**
 * BSON order written down a second time, value by value and without bytes, so that the key encoder has something to be
 * wrong against.
 */
const RANKS = ['null', 'number', 'string', 'object', 'array', 'binary', 'objectId', 'boolean', 'date'];

function rank(value: unknown): number {
  if (value === null) return 0;
  if (Array.isArray(value)) return RANKS.indexOf('array');
  if (value instanceof Binary) return RANKS.indexOf('binary');
  if (value instanceof ObjectId) return RANKS.indexOf('objectId');
  if (value instanceof Date) return RANKS.indexOf('date');
  return RANKS.indexOf(typeof value);
}

export function referenceCompare(left: unknown, right: unknown): number {
  const byRank = Math.sign(rank(left) - rank(right));
  if (byRank !== 0 || left === null) return byRank;
  if (typeof left === 'number') return compareNumbers(left, right as number);
  if (typeof left === 'string')
    return Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right as string)));
  if (typeof left === 'boolean') return Number(left) - Number(right);
  if (left instanceof Date) return Math.sign(left.getTime() - (right as Date).getTime());
  if (left instanceof ObjectId) return Math.sign(Buffer.compare(left.id, (right as ObjectId).id));
  if (left instanceof Binary) return compareBinaries(left, right as Binary);
  if (Array.isArray(left)) return compareLists(left, right as unknown[], referenceCompare);
  return compareLists(Object.entries(left as object), Object.entries(right as object), compareFields);
}

function compareNumbers(left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right))
    return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareBinaries(left: Binary, right: Binary): number {
  return (
    Math.sign(left.position - right.position) ||
    Math.sign(left.sub_type - right.sub_type) ||
    Math.sign(Buffer.compare(left.buffer, right.buffer))
  );
}

/** A field compares by the type of its value, then by its name, then by its value. */
function compareFields([leftName, left]: [string, unknown], [rightName, right]: [string, unknown]): number {
  return (
    Math.sign(rank(left) - rank(right)) ||
    Math.sign(Buffer.compare(Buffer.from(leftName), Buffer.from(rightName))) ||
    referenceCompare(left, right)
  );
}

function compareLists<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number): number {
  for (const [at, item] of left.entries()) {
    const other = right[at];
    if (at >= right.length) return 1;
    const order = compare(item, other as T);
    if (order !== 0) return order;
  }
  return left.length < right.length ? -1 : 0;
}
