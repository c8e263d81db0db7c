import type { Catalog, CollectionInfo } from '../storage/catalog.ts';
import type { CollectionStore } from '../storage/collection-store.ts';
import type { Table } from '../storage/environment.ts';
import type { Snapshots } from '../storage/snapshots.ts';
import type { WriteQueue } from '../storage/write-queue.ts';
import { StoreError } from '../store-error.ts';
import { decode, type Doc } from '../values/bson-values.ts';
import type { CursorRegistry } from './cursor-registry.ts';

/** What a command works with, and what it is asked. */
export interface CommandContext {
  readonly entries: Table;
  readonly catalog: Catalog;
  readonly documents: CollectionStore;
  readonly writes: WriteQueue;
  readonly snapshots: Snapshots;
  readonly cursors: CursorRegistry;
}

export interface CommandRequest {
  readonly name: string;
  readonly database: string;
  readonly body: Doc;
  /** Document lists the client sent beside the body, still encoded. */
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
}

/** A document, or one that is encoded already. */
export type CommandReply = Doc | Buffer;

export type Command = (
  context: CommandContext,
  request: CommandRequest,
) => CommandReply | Promise<CommandReply>;

const FORBIDDEN_IN_NAMES = /[\0$]/;
const MAX_NAMESPACE_LENGTH = 200;

/** `database.collection` of the request, once its name is one the store takes. */
export function namespaceOf(request: CommandRequest, name: unknown = request.body[request.name]): string {
  if (typeof name !== 'string' || name === '' || name.startsWith('.') || name.startsWith('system.')) {
    throw new StoreError('InvalidNamespace', `'${String(name)}' is not a collection this store can hold`);
  }
  const namespace = `${checkDatabase(request.database)}.${name}`;
  if (FORBIDDEN_IN_NAMES.test(name) || namespace.length > MAX_NAMESPACE_LENGTH) {
    throw new StoreError('InvalidNamespace', `'${namespace}' is not a valid collection name`);
  }
  return namespace;
}

export function checkDatabase(name: string): string {
  if (!/^[A-Za-z0-9_-]{1,63}$/.test(name)) {
    throw new StoreError('InvalidNamespace', `'${name}' is not a valid database name`);
  }
  return name;
}

/** A list of documents, wherever the client put it. */
export function documentList(request: CommandRequest, field: string): readonly Doc[] {
  const sequence = request.sequences.get(field);
  const inBody = request.body[field];
  const list = sequence === undefined ? inBody : sequence.map(decode);
  if (!Array.isArray(list) || list.length === 0) {
    throw new StoreError('InvalidOptions', `'${request.name}' needs a non-empty list '${field}'`);
  }
  return list as Doc[];
}

export function requireCollection(context: CommandContext, namespace: string): CollectionInfo {
  const collection = context.catalog.find(namespace);
  if (collection === undefined) throw new StoreError('NamespaceNotFound', `ns does not exist: ${namespace}`);
  return collection;
}
