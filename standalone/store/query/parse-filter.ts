import { StoreError, notSupported } from '../store-error.ts';
import { assertPlainValue, describe, isDoc, kindOf, type Doc } from '../values/bson-values.ts';
import { checkPath } from '../values/paths.ts';
import { parseRegex } from './parse-regex.ts';

/**
 * Turns a filter into its one canonical form or refuses it: every field maps to operators (`{a: 1}` becomes
 * `{a: {$eq: 1}}`), every operator is on the list below and every operand has the type it needs. What comes out holds
 * nothing the matcher does not implement.
 */
const LOGICAL = new Set(['$and', '$or', '$nor']);
const UNSUPPORTED = new Set([
  '$expr',
  '$jsonSchema',
  '$where',
  '$text',
  '$comment',
  '$mod',
  '$type',
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$bitsAllSet',
  '$bitsAnySet',
  '$bitsAllClear',
  '$bitsAnyClear',
  '$sampleRate',
  '$alwaysTrue',
  '$alwaysFalse',
]);
const MAX_NESTING = 20;

type OperandParser = (operand: unknown, path: string, depth: number) => unknown;

const OPERATORS: Readonly<Record<string, OperandParser>> = {
  $eq: plain,
  $ne: plain,
  $gt: plain,
  $gte: plain,
  $lt: plain,
  $lte: plain,
  $in: (operand, path) => plainList('$in', operand, path),
  $nin: (operand, path) => plainList('$nin', operand, path),
  $exists: (operand, path) => {
    if (typeof operand !== 'boolean') throw wrongOperand('$exists', path, 'a boolean', operand);
    return operand;
  },
  $size: (operand, path) => {
    if (!Number.isSafeInteger(operand) || (operand as number) < 0) {
      throw wrongOperand('$size', path, 'a non-negative whole number', operand);
    }
    return operand;
  },
  $all: (operand, path) => plainList('$all', operand, path),
  $elemMatch: parseElemMatch,
  $not: parseNot,
};

export function parseFilter(filter: unknown, depth = 0): Doc {
  if (!isDoc(filter))
    throw new StoreError('TypeMismatch', `a filter must be a document, not ${describe(filter)}`);
  if (depth > MAX_NESTING)
    throw new StoreError('BadValue', `a filter is nested deeper than ${MAX_NESTING} levels`);
  const parsed: Doc = {};
  for (const [key, value] of Object.entries(filter)) {
    if (key.startsWith('$')) parsed[key] = parseLogical(key, value, depth);
    else {
      checkPath(key);
      parsed[key] = parseField(value, key, depth);
    }
  }
  return parsed;
}

export function isOperatorDoc(value: unknown): value is Doc {
  return isDoc(value) && Object.keys(value).some((key) => key.startsWith('$'));
}

function parseLogical(operator: string, value: unknown, depth: number): Doc[] {
  if (UNSUPPORTED.has(operator)) throw notSupported(`the operator ${operator}`);
  if (!LOGICAL.has(operator)) throw new StoreError('BadValue', `unknown top level operator: ${operator}`);
  if (!Array.isArray(value) || value.length === 0) {
    throw new StoreError('BadValue', `${operator} needs a non-empty array of filters`);
  }
  return value.map((branch: unknown) => parseFilter(branch, depth + 1));
}

function parseField(value: unknown, path: string, depth: number): Doc {
  if (value instanceof RegExp) return { $regex: parseRegex(value, undefined, path) };
  if (!isOperatorDoc(value)) {
    assertPlainValue(value, path);
    return { $eq: value };
  }
  return parseOperators(value, path, depth);
}

export function parseOperators(expression: Doc, path: string, depth: number): Doc {
  const parsed: Doc = {};
  for (const [operator, operand] of Object.entries(expression)) {
    if (operator === '$regex') parsed['$regex'] = parseRegex(operand, expression['$options'], path);
    else if (operator === '$options') {
      if (!('$regex' in expression)) throw new StoreError('BadValue', `$options needs a $regex at '${path}'`);
    } else parsed[operator] = parserOf(operator, path)(operand, path, depth);
  }
  return parsed;
}

function parserOf(operator: string, path: string): OperandParser {
  const parser = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (parser !== undefined) return parser;
  if (UNSUPPORTED.has(operator)) throw notSupported(`the operator ${operator}`);
  throw new StoreError('BadValue', `unknown operator: ${operator} at '${path}'`);
}

function plain(operand: unknown, path: string): unknown {
  assertPlainValue(operand, path);
  return operand;
}

function plainList(operator: string, operand: unknown, path: string): unknown {
  if (!Array.isArray(operand)) throw wrongOperand(operator, path, 'an array', operand);
  for (const item of operand) {
    if (item instanceof RegExp) throw notSupported(`a regular expression inside ${operator}`);
    assertPlainValue(item, path);
  }
  return operand;
}

function parseElemMatch(operand: unknown, path: string, depth: number): unknown {
  if (!isDoc(operand)) throw wrongOperand('$elemMatch', path, 'a document', operand);
  const keys = Object.keys(operand);
  const onValues = keys.length > 0 && keys.every((key) => key.startsWith('$') && !LOGICAL.has(key));
  return onValues
    ? { value: parseOperators(operand, path, depth + 1) }
    : { filter: parseFilter(operand, depth + 1) };
}

function parseNot(operand: unknown, path: string, depth: number): unknown {
  if (operand instanceof RegExp) return { $regex: parseRegex(operand, undefined, path) };
  if (!isOperatorDoc(operand)) {
    throw wrongOperand('$not', path, 'a document of operators or a regular expression', operand);
  }
  if (depth > MAX_NESTING)
    throw new StoreError('BadValue', `a filter is nested deeper than ${MAX_NESTING} levels`);
  return parseOperators(operand, path, depth + 1);
}

function wrongOperand(operator: string, path: string, needed: string, operand: unknown): StoreError {
  const found = kindOf(operand) === 'array' ? 'an array' : describe(operand);
  return new StoreError('BadValue', `${operator} at '${path}' needs ${needed}, not ${found}`);
}
