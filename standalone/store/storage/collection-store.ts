import { PRIMARY, type IndexSpec } from '../index/index-spec.ts';
import { indexKeysOf, type IndexKeys } from '../index/index-keys.ts';
import { encodeValue, equalValues } from '../index/key-encoder.ts';
import { entryKey, prefixOf } from '../index/key-layout.ts';
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
  const addEntry = (
    scope: WriteScope,
    collection: CollectionInfo,
    index: IndexSpec,
    key: Buffer,
    found: IndexKeys,
    id: Buffer,
  ) => {
    const fullKey = secondaryKey(collection, index, key, id);
    if (index.unique && entries.get(fullKey) !== undefined) {
      throw duplicateKey(collection.namespace, index, found.values);
    }
    scope.put(entries, fullKey, id, undefined);
  };

  const removeEntry = (
    scope: WriteScope,
    collection: CollectionInfo,
    index: IndexSpec,
    key: Buffer,
    id: Buffer,
  ) => scope.remove(entries, secondaryKey(collection, index, key, id), id);

  const noteArrays = (
    scope: WriteScope,
    collection: CollectionInfo,
    index: IndexSpec,
    found: IndexKeys,
  ): void => {
    if (!found.multikey.some((multikey, at) => multikey && index.multikey[at] === false)) return;
    const current = catalog.find(collection.namespace) ?? collection;
    const indexes = current.indexes.map((known) =>
      known.id !== index.id
        ? known
        : {
            ...known,
            multikey: known.multikey.map((multikey, at) => multikey || found.multikey[at] === true),
          },
    );
    catalog.save(scope, { ...current, indexes });
  };

  const addToIndex = (
    scope: WriteScope,
    collection: CollectionInfo,
    index: IndexSpec,
    document: Doc,
  ): void => {
    const found = indexKeysOf(document, index);
    const id = encodeValue(document['_id']);
    for (const key of found.keys) addEntry(scope, collection, index, key, found, id);
    noteArrays(scope, collection, index, found);
  };

  return {
    addToIndex,
    insert: (scope, collection, document) => {
      assertId(document['_id']);
      const key = entryKey(prefixOf(collection.id, PRIMARY.id), encodeValue(document['_id']));
      if (entries.get(key) !== undefined)
        throw duplicateKey(collection.namespace, PRIMARY, [document['_id']]);
      for (const index of collection.indexes) addToIndex(scope, collection, index, document);
      scope.put(entries, key, encode(document), undefined);
    },
    replace: (scope, collection, before, after) => {
      const bytes = encode(after);
      if (bytes.equals(before)) return false;
      const old = decode(before);
      const id = encodeValue(old['_id']);
      for (const index of collection.indexes) {
        if (!concerns(index, old, after)) continue;
        const was = indexKeysOf(old, index);
        const is = indexKeysOf(after, index);
        const gone = was.keys.filter((key) => !is.keys.some((other) => other.equals(key)));
        const fresh = is.keys.filter((key) => !was.keys.some((other) => other.equals(key)));
        for (const key of gone) removeEntry(scope, collection, index, key, id);
        for (const key of fresh) addEntry(scope, collection, index, key, is, id);
        noteArrays(scope, collection, index, is);
      }
      scope.put(entries, entryKey(prefixOf(collection.id, PRIMARY.id), id), bytes, before);
      return true;
    },
    remove: (scope, collection, before) => {
      const old = decode(before);
      const id = encodeValue(old['_id']);
      for (const index of collection.indexes) {
        for (const key of indexKeysOf(old, index).keys) removeEntry(scope, collection, index, key, id);
      }
      scope.remove(entries, entryKey(prefixOf(collection.id, PRIMARY.id), id), before);
    },
  };
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

/** A unique index has one entry per value, which is its check; others tell their documents apart by the `_id` behind. */
function secondaryKey(collection: CollectionInfo, index: IndexSpec, key: Buffer, id: Buffer): Buffer {
  const prefix = prefixOf(collection.id, index.id);
  return index.unique ? entryKey(prefix, key) : entryKey(prefix, key, id);
}

function assertId(id: unknown): void {
  const kind = kindOf(id);
  if (kind === undefined || kind === 'array' || kind === 'regex') {
    throw new StoreError('InvalidIdField', `the '_id' must not be of type ${describe(id)}`);
  }
}
