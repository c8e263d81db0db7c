import { parseFilter } from '../query/parse-filter.ts';
import { compileFilter } from '../query/matcher.ts';
import { after } from '../index/key-layout.ts';
import { StoreError } from '../store-error.ts';
import type { WriteScope } from '../storage/write-scope.ts';
import { encode } from '../values/bson-values.ts';
import {
  checkDatabase,
  namespaceOf,
  requireCollection,
  type Command,
  type CommandContext,
} from './command.ts';
import { firstBatch } from './find.ts';
import { WRITE_CONCERN, checkFields, checkOptions, isBoolean, isCount, isDocument } from './options.ts';

/** Creating, listing and dropping whole collections. */
export const create: Command = (context, request) => {
  checkOptions('create', request.body, { writeConcern: WRITE_CONCERN });
  const namespace = namespaceOf(request);
  return context.writes.run((scope) => {
    if (context.catalog.find(namespace) !== undefined) {
      throw new StoreError('NamespaceExists', `Collection ${namespace} already exists.`);
    }
    context.catalog.create(scope, namespace);
    return { ok: 1 };
  });
};

const LIST_OPTIONS = {
  cursor: isDocument,
  filter: isDocument,
  nameOnly: isBoolean,
  authorizedCollections: isBoolean,
};

export const listCollections: Command = (context, request) => {
  checkOptions('listCollections', request.body, LIST_OPTIONS);
  checkFields(request.body['cursor'] ?? {}, 'listCollections.cursor', { batchSize: isCount });
  const database = checkDatabase(request.database);
  const matches = compileFilter(parseFilter(request.body['filter'] ?? {}));
  const found = context.catalog
    .list(database)
    .map(({ namespace }) => ({
      name: namespace.slice(database.length + 1),
      type: 'collection',
      ...(request.body['nameOnly'] === true ? {} : { options: {}, info: { readOnly: false } }),
    }))
    .filter(matches)
    .map((described) => encode(described));
  let at = 0;
  const source = { next: () => found[at++], pause: () => undefined };
  return firstBatch(context, `${database}.$cmd.listCollections`, source, {
    batchSize: undefined,
    single: false,
  });
};

export const drop: Command = (context, request) => {
  checkOptions('drop', request.body, { writeConcern: WRITE_CONCERN });
  const namespace = namespaceOf(request);
  return context.writes.run((scope) => {
    const { indexes } = requireCollection(context, namespace);
    dropCollection(context, scope, namespace);
    return { ns: namespace, nIndexesWas: indexes.length + 1, ok: 1 };
  });
};

export const dropDatabase: Command = (context, request) => {
  checkOptions('dropDatabase', request.body, { writeConcern: WRITE_CONCERN });
  const database = checkDatabase(request.database);
  return context.writes.run((scope) => {
    for (const { namespace } of context.catalog.list(database)) dropCollection(context, scope, namespace);
    return { dropped: database, ok: 1 };
  });
};

function dropCollection(context: CommandContext, scope: WriteScope, namespace: string): void {
  const { id } = requireCollection(context, namespace);
  context.catalog.remove(scope, namespace);
  const start = Buffer.alloc(4);
  start.writeUInt32BE(id);
  const range = [...context.entries.getRange({ start, end: after(start) })];
  for (const { key, value } of range) scope.remove(context.entries, key, value);
}
