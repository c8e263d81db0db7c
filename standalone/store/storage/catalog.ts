import { deserialize, serialize } from 'bson';
import type { IndexSpec } from '../index/index-spec.ts';
import type { Table } from './environment.ts';
import type { WriteScope } from './write-scope.ts';

/**
 * Which collections and indexes exist. The catalogue is read from LMDB inside the transaction or snapshot at hand, so a
 * reader never sees an index that is not committed; the parsed form is kept as long as the bytes stay the same.
 */
export interface CollectionInfo {
  readonly id: number;
  readonly namespace: string;
  readonly nextIndexId: number;
  readonly indexes: readonly IndexSpec[];
}

const SEQUENCE_KEY = Buffer.from('\0sequence');
/** What begins with less is no namespace. */
const FIRST_NAMESPACE = Buffer.from([1]);

export interface Catalog {
  readonly find: (namespace: string) => CollectionInfo | undefined;
  readonly list: (database: string) => readonly CollectionInfo[];
  /** Of every database. */
  readonly listAll: () => readonly CollectionInfo[];
  readonly save: (scope: WriteScope, collection: CollectionInfo) => void;
  readonly create: (scope: WriteScope, namespace: string) => CollectionInfo;
  readonly remove: (scope: WriteScope, namespace: string) => void;
}

interface Parsed {
  readonly bytes: Buffer;
  readonly collection: CollectionInfo;
}

export function createCatalog(table: Table): Catalog {
  const cache = new Map<string, Parsed>();
  const keys = new Map<string, Buffer>();

  const parse = (namespace: string, bytes: Buffer): CollectionInfo => {
    const known = cache.get(namespace);
    if (known?.bytes.equals(bytes) === true) return known.collection;
    const collection = deserialize(bytes) as CollectionInfo;
    cache.set(namespace, { bytes, collection });
    keys.set(namespace, Buffer.from(namespace));
    return collection;
  };

  const find = (namespace: string): CollectionInfo | undefined => {
    const bytes = table.get(keys.get(namespace) ?? Buffer.from(namespace));
    return bytes === undefined ? undefined : parse(namespace, bytes);
  };

  const write = (scope: WriteScope, key: Buffer, value: object): void => {
    const bytes = serialize(value);
    scope.put(table, key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), table.get(key));
  };

  const save = (scope: WriteScope, collection: CollectionInfo): void =>
    write(scope, Buffer.from(collection.namespace), collection);

  return {
    find,
    save,
    list: (database) => {
      const start = Buffer.from(`${database}.`);
      const end = Buffer.from(`${database}/`);
      return [...table.getRange({ start, end })].map(({ key, value }) => parse(key.toString(), value));
    },
    listAll: () =>
      [...table.getRange({ start: FIRST_NAMESPACE })].map(({ key, value }) => parse(key.toString(), value)),
    create: (scope, namespace) => {
      const last = table.get(SEQUENCE_KEY);
      const id = last === undefined ? 1 : (deserialize(last) as { last: number }).last + 1;
      write(scope, SEQUENCE_KEY, { last: id });
      const collection: CollectionInfo = { id, namespace, nextIndexId: 1, indexes: [] };
      save(scope, collection);
      return collection;
    },
    remove: (scope, namespace) => {
      const key = Buffer.from(namespace);
      const bytes = table.get(key);
      if (bytes !== undefined) scope.remove(table, key, bytes);
    },
  };
}
