import { StoreError, notSupported } from '../store-error.ts';
import { assertPlainValue, describe, isDoc, type Doc } from '../values/bson-values.ts';
import { checkPath } from '../values/paths.ts';
import { parsePullCondition, parsePushModifiers, parseSetMembers } from './parse-array-operands.ts';

/**
 * Turns an update into a list of changes or refuses it, before any document is looked at: only the operators below,
 * operands of the type they need, no path named twice or inside another.
 */
const UPDATE_OPERATORS = [
  '$set',
  '$setOnInsert',
  '$unset',
  '$inc',
  '$min',
  '$max',
  '$push',
  '$addToSet',
  '$pull',
] as const;
type UpdateOperator = (typeof UPDATE_OPERATORS)[number];

export interface Change {
  readonly operator: UpdateOperator;
  readonly path: string;
  readonly segments: readonly string[];
  readonly operand: unknown;
}

export type Update =
  | { readonly kind: 'replacement'; readonly document: Doc }
  | { readonly kind: 'changes'; readonly changes: readonly Change[] };

const UNSUPPORTED = new Set(['$mul', '$rename', '$pop', '$pullAll', '$currentDate', '$bit']);

export function parseUpdate(update: unknown): Update {
  if (Array.isArray(update)) throw notSupported('an update pipeline');
  if (!isDoc(update))
    throw new StoreError('FailedToParse', `an update must be a document, not ${describe(update)}`);
  const keys = Object.keys(update);
  if (!keys.some((key) => key.startsWith('$'))) {
    assertPlainValue(update, '');
    return { kind: 'replacement', document: update };
  }
  const changes = keys.flatMap((key) => parseOperator(key, update[key]));
  assertNoConflict(changes.map((change) => change.path));
  return { kind: 'changes', changes };
}

function isUpdateOperator(key: string): key is UpdateOperator {
  return (UPDATE_OPERATORS as readonly string[]).includes(key);
}

function parseOperator(key: string, fields: unknown): Change[] {
  if (UNSUPPORTED.has(key)) throw notSupported(`the update operator ${key}`);
  if (!isUpdateOperator(key)) throw new StoreError('FailedToParse', `Unknown modifier: ${key}`);
  if (!isDoc(fields)) {
    throw new StoreError('FailedToParse', `${key} needs a document of paths, not ${describe(fields)}`);
  }
  return Object.entries(fields).map(([path, operand]) => ({
    operator: key,
    path,
    segments: checkPath(path),
    operand: parseOperand(key, operand, path),
  }));
}

function parseOperand(operator: UpdateOperator, operand: unknown, path: string): unknown {
  switch (operator) {
    case '$inc':
      if (typeof operand !== 'number' || !Number.isFinite(operand)) {
        throw new StoreError(
          'TypeMismatch',
          `Cannot increment with non-numeric argument: {${path}: ${describe(operand)}}`,
        );
      }
      return operand;
    case '$unset':
      return undefined;
    case '$push':
      return parsePushModifiers(operand, path);
    case '$addToSet':
      return parseSetMembers(operand, path);
    case '$pull':
      return parsePullCondition(operand, path);
    default:
      assertPlainValue(operand, path);
      return operand;
  }
}

/** Two changes conflict when one path is the other or leads into it: their order would decide the outcome. */
function assertNoConflict(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path)) throw conflict(path, path);
    seen.add(path);
  }
  for (const path of seen) {
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
      const parent = path.slice(0, dot);
      if (seen.has(parent)) throw conflict(path, parent);
    }
  }
}

function conflict(path: string, other: string): StoreError {
  return new StoreError(
    'ConflictingUpdateOperators',
    `Updating the path '${path}' would create a conflict at '${other}'`,
  );
}
