import { PRIMARY, type IndexSpec } from '../index/index-spec.ts';
import { indexKeysOf, type IndexKeys } from '../index/index-keys.ts';
import { encodeValue, equalValues } from '../index/key-encoder.ts';
import { assertKeyLength, entryKey, prefixOf } from '../index/key-layout.ts';
import { StoreError } from '../store-error.ts';
import { decode, describe, encode, kindOf, type Doc } from '../values/bson-values.ts';
import type { Catalog, CollectionInfo } from './catalog.ts';
import { duplicateKey } from './duplicate-key.ts';
import type { Table } from './environment.ts';
import type { WriteScope } from './write-scope.ts';

/**
 * Writes documents together with their index entries, inside the running transaction. The unique check reads the same
 * transaction it writes to, so no second writer can come between.
 */
export interface CollectionStore {
  readonly insert: (scope: WriteScope, collection: CollectionInfo, document: Doc) => void;
  readonly replace: (scope: WriteScope, collection: CollectionInfo, before: Buffer, after: Doc) => boolean;
  readonly remove: (scope: WriteScope, collection: CollectionInfo, before: Buffer) => void;
  /** Adds the entries of one index for a document that is already there. */
  readonly addToIndex: (
    scope: WriteScope,
    collection: CollectionInfo,
    index: IndexSpec,
    document: Doc,
  ) => void;
}

export function createCollectionStore(entries: Table, catalog: Catalog): CollectionStore {
  const addEntries = (
    scope: WriteScope,
    collection: CollectionInfo,
    index: IndexSpec,
    found: IndexKeys,
    id: Buffer,
    keys: readonly Buffer[] = found.keys,
  ): void => {
    for (const key of keys) {
      assertKeyLength(key);
      if (index.unique && entries.get(key) !== undefined) {
        throw duplicateKey(collection.namespace, index, found.values);
      }
      scope.put(entries, key, id, undefined);
    }
    noteArrays(scope, collection, index, found);
  };

  const noteArrays = (
    scope: WriteScope,
    { namespace }: CollectionInfo,
    { id }: IndexSpec,
    found: IndexKeys,
  ): void => {
    if (!found.multikey.includes(true)) return;
    const current = catalog.find(namespace);
    const index = current?.indexes.find((known) => known.id === id);
    if (current === undefined || index === undefined) return;
    const multikey = index.multikey.map((known, at) => known || found.multikey[at] === true);
    if (multikey.every((flag, at) => flag === index.multikey[at])) return;
    const indexes = current.indexes.map((known) => (known.id === id ? { ...known, multikey } : known));
    catalog.save(scope, { ...current, indexes });
  };

  return {
    addToIndex: (scope, collection, index, document) => {
      const id = encodeValue(document['_id']);
      addEntries(scope, collection, index, keysIn(collection, index, document, id), id);
    },
    insert: (scope, collection, document) => {
      assertId(document['_id']);
      const id = encodeValue(document['_id']);
      const key = entryKey(prefixOf(collection.id, PRIMARY.id), id);
      if (entries.get(key) !== undefined) {
        throw duplicateKey(collection.namespace, PRIMARY, [document['_id']]);
      }
      for (const index of collection.indexes) {
        addEntries(scope, collection, index, keysIn(collection, index, document, id), id);
      }
      scope.put(entries, key, encode(document), undefined);
    },
    replace: (scope, collection, before, after) => {
      const bytes = encode(after);
      if (bytes.equals(before)) return false;
      const old = decode(before);
      const id = encodeValue(old['_id']);
      for (const index of collection.indexes) {
        if (!concerns(index, old, after)) continue;
        const was = keysIn(collection, index, old, id);
        const is = keysIn(collection, index, after, id);
        for (const key of without(was.keys, is.keys)) scope.remove(entries, key, id);
        addEntries(scope, collection, index, is, id, without(is.keys, was.keys));
      }
      scope.put(entries, entryKey(prefixOf(collection.id, PRIMARY.id), id), bytes, before);
      return true;
    },
    remove: (scope, collection, before) => {
      const old = decode(before);
      const id = encodeValue(old['_id']);
      for (const index of collection.indexes) {
        for (const key of keysIn(collection, index, old, id).keys) scope.remove(entries, key, id);
      }
      scope.remove(entries, entryKey(prefixOf(collection.id, PRIMARY.id), id), before);
    },
  };
}

/** A unique index has one entry per value, which is its check; others tell their documents apart by the `_id` behind. */
function keysIn(collection: CollectionInfo, index: IndexSpec, document: Doc, id: Buffer): IndexKeys {
  const prefix = prefixOf(collection.id, index.id);
  return indexKeysOf(document, index, { prefix, suffix: index.unique ? undefined : id });
}

function without(keys: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
  const known = new Set(others.map((key) => key.toString('latin1')));
  return keys.filter((key) => !known.has(key.toString('latin1')));
}

/** Whether a change from one document to the other can change the keys in this index. */
function concerns(index: IndexSpec, before: Doc, after: Doc): boolean {
  return index.fields.some(({ path }) => {
    const root = rootOf(path);
    return !equalValues(before[root] ?? null, after[root] ?? null);
  });
}

function rootOf(path: string): string {
  const dot = path.indexOf('.');
  return dot === -1 ? path : path.slice(0, dot);
}

function assertId(id: unknown): void {
  const kind = kindOf(id);
  if (kind === undefined || kind === 'array' || kind === 'regex') {
    throw new StoreError('InvalidIdField', `the '_id' must not be of type ${describe(id)}`);
  }
}
