import { StoreError, notSupported } from '../store-error.ts';
import { encodeValue } from '../index/key-encoder.ts';
import { assertPlainValue, describe, isDoc, type Doc } from '../values/bson-values.ts';
import { checkPath, leavesAt } from '../values/paths.ts';

/**
 * `$group` with `$sum`. Keys and amounts are constants, field paths or (for keys) documents of these; groups are told
 * apart by their encoded key, so 1 and 1.0 are one group and documents compare in field order.
 */
type Expression = (document: Doc) => unknown;

export interface GroupStage {
  readonly add: (document: Doc) => void;
  readonly results: () => Doc[];
}

const MAX_GROUPS = 100_000;

export function createGroup(spec: unknown): GroupStage {
  if (!isDoc(spec) || !('_id' in spec))
    throw new StoreError('BadValue', 'a group specification must include an _id');
  const { _id: keySpec, ...fields } = spec;
  const key = parseExpression(keySpec, '_id');
  const sums = Object.entries(fields).map(([name, accumulator]) => ({
    name,
    amount: parseSum(name, accumulator),
  }));
  const groups = new Map<string, { id: unknown; totals: number[] }>();

  const groupOf = (document: Doc) => {
    const id = key(document);
    const text = encodeValue(id).toString('latin1');
    const known = groups.get(text);
    if (known !== undefined) return known;
    if (groups.size >= MAX_GROUPS)
      throw new StoreError('QueryExceededMemoryLimit', `more than ${MAX_GROUPS} groups`);
    const group = { id, totals: sums.map(() => 0) };
    groups.set(text, group);
    return group;
  };

  return {
    add: (document) => {
      const { totals } = groupOf(document);
      for (const [at, { amount }] of sums.entries()) {
        const value = amount(document);
        if (typeof value === 'number') totals[at] = (totals[at] ?? 0) + value;
      }
    },
    results: () =>
      [...groups.values()].map(({ id, totals }) => ({
        _id: id ?? null,
        ...Object.fromEntries(sums.map(({ name }, at) => [name, totals[at]])),
      })),
  };
}

/**
 * The result of a group that only counts (`{_id: 1, n: {$sum: 1}}`: what a driver sends for a count) by the number of
 * documents; `undefined` for any other group.
 */
export function countingGroup(spec: unknown): ((count: number) => Doc[]) | undefined {
  const { _id: id, ...fields } = isDoc(spec) ? spec : {};
  const [[name, sum] = ['', undefined], ...others] = Object.entries(fields);
  const addsOne = isDoc(sum) && Object.keys(sum).length === 1 && sum['$sum'] === 1;
  if (typeof id !== 'number' || !addsOne || others.length > 0) return undefined;
  return (count) => (count === 0 ? [] : [{ _id: id, [name]: count }]);
}

function parseSum(name: string, accumulator: unknown): Expression {
  if (checkPath(name).length !== 1)
    throw new StoreError('BadValue', `the group field '${name}' must not hold a dot`);
  const entries = isDoc(accumulator) ? Object.entries(accumulator) : [];
  const [operator, operand] = entries[0] ?? [];
  if (entries.length !== 1 || operator === undefined) {
    throw new StoreError('BadValue', `the group field '${name}' must hold exactly one accumulator`);
  }
  if (operator !== '$sum') throw notSupported(`the accumulator ${operator}`);
  if (typeof operand !== 'number' && typeof operand !== 'string') {
    throw notSupported(`$sum of ${describe(operand)} at '${name}'`);
  }
  return parseExpression(operand, name);
}

function parseExpression(expression: unknown, where: string): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return parseFieldPath(expression);
  if (isDoc(expression)) return parseKeyDocument(expression, where);
  if (Array.isArray(expression)) throw notSupported(`an array expression at '${where}'`);
  assertPlainValue(expression, where);
  return () => expression;
}

function parseFieldPath(expression: string): Expression {
  if (expression.startsWith('$$')) throw notSupported(`the variable '${expression}'`);
  const segments = checkPath(expression.slice(1));
  return (document) => {
    const leaves = leavesAt(document, segments);
    return leaves.length === 1 ? leaves[0] : leaves.filter((leaf) => leaf !== undefined);
  };
}

function parseKeyDocument(expression: Doc, where: string): Expression {
  const operator = Object.keys(expression).find((name) => name.startsWith('$'));
  if (operator !== undefined) throw notSupported(`the expression ${operator}`);
  const parts = Object.entries(expression).map(([name, part]) => {
    if (checkPath(name).length !== 1)
      throw new StoreError('BadValue', `the key field '${name}' must not hold a dot`);
    return [name, parseExpression(part, `${where}.${name}`)] as const;
  });
  return (document) =>
    Object.fromEntries(
      parts.map(([name, part]) => [name, part(document)] as const).filter(([, value]) => value !== undefined),
    );
}
