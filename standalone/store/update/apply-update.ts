import { StoreError } from '../store-error.ts';
import { equalValues } from '../index/key-encoder.ts';
import { assertPlainValue, type Doc } from '../values/bson-values.ts';
import { applyOperator } from './operators.ts';
import type { Change, Update } from './parse-update.ts';
import { placeAt } from './place.ts';

/**
 * Builds the document an update leads to. The given document may be changed in the course, so callers pass a copy of
 * their own; it counts as unchanged when its bytes come out the same. The `_id` never changes.
 */
export function applyUpdate(document: Doc, update: Update): Doc {
  const id = document['_id'];
  const result =
    update.kind === 'replacement'
      ? replace(id, update.document)
      : applyChanges(document, update.changes, false);
  assertSameId(id, result['_id']);
  return result;
}

/** The document an upsert inserts: the filter's equalities, then the update, `$setOnInsert` included. */
export function buildUpsert(filter: Doc, update: Update, newId: () => unknown): Doc {
  if (update.kind === 'replacement') {
    const seed = seedFrom(filter);
    const id = update.document['_id'] ?? seed['_id'];
    if (seed['_id'] !== undefined) assertSameId(seed['_id'], id);
    return replace(id === undefined ? newId() : id, update.document);
  }
  const seed = seedFrom(filter);
  const seededId = seed['_id'];
  const document = applyChanges(seed, update.changes, true);
  if (seededId !== undefined) assertSameId(seededId, document['_id']);
  const { _id: id, ...rest } = document;
  return { _id: id === undefined ? newId() : id, ...rest };
}

function replace(id: unknown, replacement: Doc): Doc {
  const { _id: given, ...rest } = replacement;
  if (given !== undefined) assertSameId(id, given);
  return { _id: id, ...rest };
}

function applyChanges(document: Doc, changes: readonly Change[], inserting: boolean): Doc {
  for (const change of changes) {
    if (change.operator !== '$setOnInsert' || inserting) applyOperator(document, change);
  }
  assertPlainValue(document, '');
  return document;
}

function assertSameId(before: unknown, after: unknown): void {
  if (equalValues(before, after)) return;
  throw new StoreError(
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

/** Equalities at the top of the filter or under `$and`; any other condition says nothing about a new document. */
function seedFrom(filter: Doc): Doc {
  const seed: Doc = {};
  const visit = (part: Doc): void => {
    for (const [key, value] of Object.entries(part)) {
      if (key === '$and') (value as Doc[]).forEach(visit);
      else if (!key.startsWith('$') && Object.hasOwn(value as Doc, '$eq')) {
        placeAt(seed, key.split('.'), key).write((value as Doc)['$eq']);
      }
    }
  };
  visit(filter);
  return seed;
}
