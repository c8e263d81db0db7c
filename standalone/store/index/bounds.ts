import { literalPrefix } from '../query/parse-regex.ts';
import { bracketOf } from '../query/matcher.ts';
import { kindOf, type Doc } from '../values/bson-values.ts';
import { encodeKey } from './key-encoder.ts';
import { after } from './key-layout.ts';

/**
 * What a filter says about one indexed field, as byte ranges of that field's encoding. The ranges may hold more than
 * the filter accepts (every candidate is tested again), but never less.
 */
export interface ByteRange {
  readonly low: Buffer;
  readonly high: Buffer;
}

export interface FieldBounds {
  readonly points: readonly Buffer[] | undefined;
  readonly range: ByteRange | undefined;
}

const NO_BOUNDS: FieldBounds = { points: undefined, range: undefined };
const MAX_POINTS = 2000;

/** The operators a filter applies to each path, from its top level and from `$and`. */
export function conditionsOf(filter: Doc): ReadonlyMap<string, readonly Doc[]> {
  const conditions = new Map<string, Doc[]>();
  const visit = (part: Doc): void => {
    for (const [key, value] of Object.entries(part)) {
      if (key === '$and') (value as Doc[]).forEach(visit);
      else if (!key.startsWith('$')) conditions.set(key, [...(conditions.get(key) ?? []), value as Doc]);
    }
  };
  visit(filter);
  return conditions;
}

export function boundsOf(conditions: readonly Doc[], descending: boolean, multikey: boolean): FieldBounds {
  const operators = conditions.flatMap((condition) => Object.entries(condition));
  for (const [operator, operand] of operators) {
    const points = pointsOf(operator, operand, descending);
    if (points !== undefined) return { points, range: undefined };
  }
  const ranges = operators.flatMap(([operator, operand]) => rangeOf(operator, operand, descending) ?? []);
  const [first, ...rest] = ranges;
  if (first === undefined) return NO_BOUNDS;
  // With an array, one element may satisfy the lower and another the upper bound: only one of them may be used.
  return { points: undefined, range: multikey ? first : rest.reduce(intersect, first) };
}

function pointsOf(operator: string, operand: unknown, descending: boolean): readonly Buffer[] | undefined {
  const values = wantedValues(operator, operand);
  if (values === undefined || values.length > MAX_POINTS || values.some((value) => Array.isArray(value)))
    return undefined;
  const keys = values.map((value) => encodeKey([{ value, descending }]));
  return keys
    .sort((left, right) => Buffer.compare(left, right))
    .filter((key, at) => at === 0 || !key.equals(keys[at - 1] ?? key));
}

function wantedValues(operator: string, operand: unknown): readonly unknown[] | undefined {
  if (operator === '$eq') return [operand];
  if (operator === '$in') return operand as unknown[];
  // A document that holds all of them holds the first of them.
  return operator === '$all' ? (operand as unknown[]).slice(0, 1) : undefined;
}

function rangeOf(operator: string, operand: unknown, descending: boolean): ByteRange | undefined {
  if (operator === '$regex') return prefixRange(literalPrefix(operand as RegExp), descending);
  if (!['$gt', '$gte', '$lt', '$lte'].includes(operator) || kindOf(operand) === 'array') return undefined;
  const key = encodeKey([{ value: operand, descending }]);
  const bracket = bracketOf(operand);
  const bracketLow = Buffer.from([descending ? ~bracket & 0xff : bracket]);
  const upwards = operator.startsWith('$gt') !== descending;
  const inclusive = operator.endsWith('e');
  return upwards
    ? { low: inclusive ? key : after(key), high: after(bracketLow) }
    : { low: bracketLow, high: inclusive ? after(key) : key };
}

function prefixRange(prefix: string | undefined, descending: boolean): ByteRange | undefined {
  if (prefix === undefined) return undefined;
  // Without its two closing bytes the encoding of a string begins the encoding of every string that starts with it.
  const key = encodeKey([{ value: prefix, descending }]).subarray(0, -2);
  return { low: key, high: after(key) };
}

function intersect(left: ByteRange, right: ByteRange): ByteRange {
  return {
    low: Buffer.compare(left.low, right.low) >= 0 ? left.low : right.low,
    high: Buffer.compare(left.high, right.high) <= 0 ? left.high : right.high,
  };
}
