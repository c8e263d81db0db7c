import { StoreError, notSupported } from '../store-error.ts';
import { assertPlainValue, describe, isDoc, type Doc } from '../values/bson-values.ts';
import { compileFilter, type Matcher } from '../query/matcher.ts';
import { isOperatorDoc, parseFilter, parseOperators } from '../query/parse-filter.ts';

/** The operands of `$push`, `$addToSet` and `$pull`, checked key by key: an unknown modifier is refused, not stored. */
export interface PushOperand {
  readonly items: readonly unknown[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
}

export type PullTest = (item: unknown) => boolean;

export function parsePushModifiers(operand: unknown, path: string): PushOperand {
  if (!isOperatorDoc(operand)) {
    assertPlainValue(operand, path);
    return { items: [operand], position: undefined, slice: undefined };
  }
  for (const key of Object.keys(operand)) {
    if (key === '$sort') throw notSupported('$sort inside $push');
    if (!['$each', '$position', '$slice'].includes(key)) {
      throw new StoreError('BadValue', `Unrecognized clause in $push at '${path}': ${key}`);
    }
  }
  return {
    items: readEach('$push', operand, path),
    position: readWhole(operand, '$position', path),
    slice: readWhole(operand, '$slice', path),
  };
}

export function parseSetMembers(operand: unknown, path: string): readonly unknown[] {
  if (!isOperatorDoc(operand)) {
    assertPlainValue(operand, path);
    return [operand];
  }
  const odd = Object.keys(operand).find((key) => key !== '$each');
  if (odd !== undefined)
    throw new StoreError('BadValue', `Unrecognized clause in $addToSet at '${path}': ${odd}`);
  return readEach('$addToSet', operand, path);
}

/** A plain document pulls the documents that match it as a filter, operators pull matching elements, a value its equals. */
export function parsePullCondition(operand: unknown, path: string): PullTest {
  if (isDoc(operand) && !isOperatorDoc(operand)) {
    const test = compileFilter(parseFilter(operand));
    return (item) => isDoc(item) && test(item);
  }
  if (isOperatorDoc(operand) && '$elemMatch' in operand) throw notSupported('$elemMatch inside $pull');
  const condition: Doc = isOperatorDoc(operand) ? parseOperators(operand, path, 0) : equality(operand, path);
  const test: Matcher = compileFilter({ item: condition });
  return (item) => test({ item });
}

function equality(operand: unknown, path: string): Doc {
  assertPlainValue(operand, path);
  return { $eq: operand };
}

function readEach(operator: string, operand: Doc, path: string): readonly unknown[] {
  const items = operand['$each'];
  if (!Array.isArray(items)) {
    throw new StoreError(
      'TypeMismatch',
      `$each in ${operator} at '${path}' must be an array, not ${describe(items)}`,
    );
  }
  assertPlainValue(items, path);
  return items;
}

function readWhole(operand: Doc, key: string, path: string): number | undefined {
  const value = operand[key];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new StoreError(
      'BadValue',
      `${key} in $push at '${path}' must be a whole number, not ${describe(value)}`,
    );
  }
  return value;
}
