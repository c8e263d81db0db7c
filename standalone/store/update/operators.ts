import { StoreError } from '../store-error.ts';
import { compareValues, equalValues } from '../index/key-encoder.ts';
import { describe, type Doc } from '../values/bson-values.ts';
import type { PullTest, PushOperand } from './parse-array-operands.ts';
import type { Change } from './parse-update.ts';
import { placeAt, type Place } from './place.ts';

/** One change to one document. The type of the target is checked first: a refused change leaves its target as it was. */
export function applyOperator(document: Doc, change: Change): void {
  if (change.operator === '$unset' || change.operator === '$pull') {
    const place = existingPlace(document, change);
    if (place === undefined) return;
    if (change.operator === '$unset') place.remove();
    else pull(place, change.operand as PullTest, change);
    return;
  }
  applyWriting(placeAt(document, change.segments, change.path), change);
}

/** Removing something behind a value that has no parts finds nothing, and is no error. */
function existingPlace(document: Doc, change: Change): Place | undefined {
  try {
    const place = placeAt(document, change.segments, change.path);
    return place.value === undefined ? undefined : place;
  } catch (error) {
    if (error instanceof StoreError && error.codeName === 'PathNotViable') return undefined;
    throw error;
  }
}

function applyWriting(place: Place, change: Change): void {
  const { operand } = change;
  switch (change.operator) {
    case '$inc': {
      place.write(increment(place.value, operand as number, change.path));
      return;
    }
    case '$min':
      if (place.value === undefined || compareValues(operand, place.value) < 0) place.write(operand);
      return;
    case '$max':
      if (place.value === undefined || compareValues(operand, place.value) > 0) place.write(operand);
      return;
    case '$push': {
      place.write(push(arrayAt(place, change), operand as PushOperand));
      return;
    }
    case '$addToSet': {
      place.write(addToSet(arrayAt(place, change), operand as readonly unknown[]));
      return;
    }
    default: {
      place.write(operand);
      return;
    }
  }
}

function increment(current: unknown, amount: number, path: string): number {
  if (current === undefined) return amount;
  if (typeof current !== 'number') {
    throw new StoreError(
      'TypeMismatch',
      `Cannot apply $inc to a value of non-numeric type: '${path}' is of type ${describe(current)}`,
    );
  }
  const sum = current + amount;
  if (Number.isInteger(current) && Number.isInteger(amount) && !Number.isSafeInteger(sum)) {
    throw new StoreError(
      'BadValue',
      `$inc would take '${path}' beyond 2^53, where whole numbers are no longer exact`,
    );
  }
  return sum;
}

function arrayAt(place: Place, change: Change): readonly unknown[] {
  if (place.value === undefined) return [];
  if (Array.isArray(place.value)) return place.value;
  throw new StoreError(
    'BadValue',
    `Cannot apply ${change.operator}: the field '${change.path}' must be an array but is of type ${describe(place.value)}`,
  );
}

function push(current: readonly unknown[], operand: PushOperand): unknown[] {
  const items = [...current];
  items.splice(operand.position ?? items.length, 0, ...operand.items);
  if (operand.slice === undefined) return items;
  if (operand.slice === 0) return [];
  return operand.slice > 0 ? items.slice(0, operand.slice) : items.slice(operand.slice);
}

function addToSet(current: readonly unknown[], wanted: readonly unknown[]): unknown[] {
  const items = [...current];
  for (const value of wanted) if (!items.some((item) => equalValues(item, value))) items.push(value);
  return items;
}

function pull(place: Place, test: PullTest, change: Change): void {
  place.write(arrayAt(place, change).filter((item) => !test(item)));
}
