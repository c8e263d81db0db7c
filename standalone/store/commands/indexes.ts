import { PRIMARY, keyPattern, type IndexSpec } from '../index/index-spec.ts';
import { planQuery } from '../index/plan.ts';
import type { CollectionInfo } from '../storage/catalog.ts';
import { scanDocuments } from '../storage/scan.ts';
import type { WriteScope } from '../storage/write-scope.ts';
import { StoreError } from '../store-error.ts';
import { decode, encode, isDoc } from '../values/bson-values.ts';
import {
  documentList,
  namespaceOf,
  requireCollection,
  type Command,
  type CommandContext,
} from './command.ts';
import { firstBatch } from './find.ts';
import { WRITE_CONCERN, checkFields, checkOptions, isCount, isDocument, isList } from './options.ts';
import { parseIndex, type RequestedIndex } from './parse-index.ts';

const MAX_INDEXES = 64;
const CREATE_OPTIONS = { indexes: isList, writeConcern: WRITE_CONCERN };

/** The index and its entries for the documents already there are written in one transaction. */
export const createIndexes: Command = (context, request) => {
  checkOptions('createIndexes', request.body, CREATE_OPTIONS);
  const namespace = namespaceOf(request);
  const wanted = documentList(request, 'indexes').map(parseIndex);
  return context.writes.run((scope) => {
    const existing = context.catalog.find(namespace);
    const collection = existing ?? context.catalog.create(scope, namespace);
    for (const index of wanted) buildIndex(context, scope, namespace, index);
    return {
      numIndexesBefore: collection.indexes.length + 1,
      numIndexesAfter: (context.catalog.find(namespace)?.indexes.length ?? 0) + 1,
      createdCollectionAutomatically: existing === undefined,
      ok: 1,
    };
  });
};

function buildIndex(
  context: CommandContext,
  scope: WriteScope,
  namespace: string,
  wanted: RequestedIndex,
): void {
  const collection = requireCollection(context, namespace);
  if (alreadyThere(collection, wanted)) return;
  if (collection.indexes.length >= MAX_INDEXES) {
    throw new StoreError('CannotCreateIndex', `a collection has at most ${MAX_INDEXES} indexes`);
  }
  const index: IndexSpec = {
    id: collection.nextIndexId,
    ...wanted,
    multikey: wanted.fields.map(() => false),
  };
  const extended = { ...collection, nextIndexId: index.id + 1, indexes: [...collection.indexes, index] };
  context.catalog.save(scope, extended);
  const scan = scanDocuments(context.entries, collection, planQuery({}, [], []));
  for (let bytes = scan.next(); bytes !== undefined; bytes = scan.next()) {
    const current =
      requireCollection(context, namespace).indexes.find((known) => known.id === index.id) ?? index;
    context.documents.addToIndex(scope, extended, current, decode(bytes));
  }
  scan.pause();
}

function alreadyThere(collection: CollectionInfo, wanted: RequestedIndex): boolean {
  const sameKey = (index: Pick<IndexSpec, 'fields'>): boolean => fieldsText(index) === fieldsText(wanted);
  if (sameKey(PRIMARY)) return true;
  const byName = collection.indexes.find((index) => index.name === wanted.name);
  if (byName !== undefined && !(sameKey(byName) && byName.unique === wanted.unique)) {
    throw new StoreError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index: '${wanted.name}'`,
    );
  }
  const byKey = collection.indexes.find(sameKey);
  if (byKey !== undefined && byKey !== byName) {
    throw new StoreError('IndexOptionsConflict', `Index already exists with a different name: ${byKey.name}`);
  }
  return byName !== undefined;
}

function fieldsText(index: Pick<IndexSpec, 'fields'>): string {
  return JSON.stringify(index.fields.map((field) => [field.path, field.descending]));
}

export const listIndexes: Command = (context, request) => {
  checkOptions('listIndexes', request.body, { cursor: isDocument });
  const cursor = request.body['cursor'] ?? {};
  checkFields(cursor, 'listIndexes.cursor', { batchSize: isCount });
  const namespace = namespaceOf(request);
  const collection = requireCollection(context, namespace);
  const described = [PRIMARY, ...collection.indexes].map((index) =>
    encode({
      v: 2,
      key: keyPattern(index),
      name: index.name,
      ...(index.unique && index.id !== PRIMARY.id ? { unique: true } : {}),
    }),
  );
  let at = 0;
  const batchSize = isDoc(cursor) ? (cursor['batchSize'] as number | undefined) : undefined;
  return firstBatch(
    context,
    namespace,
    { next: () => described[at++], pause: () => undefined },
    { batchSize, single: false },
  );
};
