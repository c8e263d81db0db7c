import { Context } from 'mingo/core';
import { $and, $nor, $not, $or } from 'mingo/operators/query/logical';
import { Query } from 'mingo/query';
import { BRACKETS, compareValues, equalValues } from '../index/key-encoder.ts';
import { kindOf, type Doc } from '../values/bson-values.ts';
import { leavesAt } from '../values/paths.ts';

/**
 * Decides whether a document matches a canonical filter (see parse-filter). mingo combines the conditions; the single
 * predicates are ours because they must agree with the index keys: BSON order, type brackets, byte-wise binaries,
 * documents compared in field order, null also standing for an absent field.
 */
export type Matcher = (document: Doc) => boolean;

/** mingo also hands its own options to every operator; ours need none of them. */
type OperatorArguments = readonly [path: string, operand: unknown, options?: unknown];

type LeafTest<T> = (leaf: unknown, operand: T) => boolean;

const candidatesOf = (leaf: unknown): readonly unknown[] =>
  Array.isArray(leaf) ? [...(leaf as unknown[]), leaf] : [leaf];

const sameBracket = (left: unknown, right: unknown): boolean =>
  kindOf(left ?? null) === kindOf(right ?? null);

const isEqual: LeafTest<unknown> = (leaf, operand) =>
  candidatesOf(leaf).some((value) => equalValues(value ?? null, operand));

const ordered =
  (accept: (order: number) => boolean): LeafTest<unknown> =>
  (leaf, operand) =>
    candidatesOf(leaf).some((value) => sameBracket(value, operand) && accept(compareValues(value, operand)));

const isIn: LeafTest<readonly unknown[]> = (leaf, operand) => operand.some((wanted) => isEqual(leaf, wanted));

const matchesRegex: LeafTest<RegExp> = (leaf, operand) =>
  candidatesOf(leaf).some((value) => typeof value === 'string' && operand.test(value));

interface ElemMatch {
  readonly value?: Doc;
  readonly filter?: Doc;
}

/** An operator in mingo's sense: given a path and its operand, a test for documents. */
function operator<T>(test: LeafTest<T>, quantifier: 'some' | 'none' = 'some') {
  return (...[path, operand]: OperatorArguments): Matcher => {
    const segments = path.split('.');
    return (document) =>
      leavesAt(document, segments).some((leaf) => test(leaf, operand as T)) === (quantifier === 'some');
  };
}

function $all(...[path, operand]: OperatorArguments): Matcher {
  const wanted = (operand as unknown[]).map((value) => operator(isEqual)(path, value));
  return (document) => wanted.length > 0 && wanted.every((test) => test(document));
}

function $exists(...[path, operand]: OperatorArguments): Matcher {
  const segments = path.split('.');
  return (document) => leavesAt(document, segments).some((leaf) => leaf !== undefined) === operand;
}

function $elemMatch(...[path, operand]: OperatorArguments): Matcher {
  const segments = path.split('.');
  const { value, filter } = operand as ElemMatch;
  const test = value === undefined ? compileFilter(filter ?? {}) : compileFilter({ value });
  const matches = (item: unknown): boolean => {
    if (value !== undefined) return test({ value: item });
    return typeof item === 'object' && item !== null && test(item as Doc);
  };
  return (document) => leavesAt(document, segments).some((leaf) => Array.isArray(leaf) && leaf.some(matches));
}

const PREDICATES: Readonly<Record<string, (...of: OperatorArguments) => Matcher>> = {
  $all,
  $exists,
  $elemMatch,
  $eq: operator(isEqual),
  $ne: operator(isEqual, 'none'),
  $in: operator(isIn),
  $nin: operator(isIn, 'none'),
  $gt: operator(ordered((order) => order > 0)),
  $gte: operator(ordered((order) => order >= 0)),
  $lt: operator(ordered((order) => order < 0)),
  $lte: operator(ordered((order) => order <= 0)),
  $regex: operator(matchesRegex),
  $size: operator<number>((leaf, size) => Array.isArray(leaf) && leaf.length === size),
};

const context = Context.init({ query: { $and, $or, $nor, $not, ...PREDICATES } });

export function compileFilter(filter: Doc): Matcher {
  const tests = plainTests(filter);
  if (tests !== undefined) return (document) => tests.every((test) => test(document));
  const query = new Query<Doc>(filter, { context });
  return (document) => query.test(document);
}

/**
 * The tests of a filter without `$and`, `$or`, `$nor` and `$not`. Compare-and-set sends such a filter thousands of times
 * a second, and preparing a mingo query for each costs more than the comparison itself.
 */
function plainTests(filter: Doc): Matcher[] | undefined {
  const tests: Matcher[] = [];
  for (const [path, operators] of Object.entries(filter)) {
    if (path.startsWith('$')) return undefined;
    for (const [name, operand] of Object.entries(operators as Doc)) {
      const predicate = PREDICATES[name];
      if (predicate === undefined) return undefined;
      tests.push(predicate(path, operand));
    }
  }
  return tests;
}

/** The bracket range operators stay within: a number is never greater than a string. */
export function bracketOf(value: unknown): number {
  const kind = kindOf(value ?? null);
  return kind === undefined || kind === 'regex' ? BRACKETS.null : BRACKETS[kind];
}
