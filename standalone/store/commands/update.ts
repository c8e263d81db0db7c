import { ObjectId } from 'bson';
import type { WriteScope } from '../storage/write-scope.ts';
import { StoreError } from '../store-error.ts';
import { applyUpdate, buildUpsert } from '../update/apply-update.ts';
import { parseUpdate } from '../update/parse-update.ts';
import { decode, type Doc } from '../values/bson-values.ts';
import { documentList, namespaceOf, type Command, type CommandContext } from './command.ts';
import { locate, readFilter } from './locate.ts';
import {
  WRITE_CONCERN,
  checkFields,
  checkOptions,
  isAnything,
  isBoolean,
  isDocument,
  isList,
} from './options.ts';
import { runStatements } from './write-errors.ts';

const UPDATE_OPTIONS = { updates: isList, ordered: isBoolean, writeConcern: WRITE_CONCERN };
const STATEMENT_FIELDS = {
  q: isDocument,
  u: isAnything,
  multi: isBoolean,
  upsert: isBoolean,
  sort: isDocument,
};

interface Outcome {
  readonly matched: number;
  readonly modified: number;
  readonly upsertedId?: unknown;
}

export const update: Command = (context, request) => {
  checkOptions('update', request.body, UPDATE_OPTIONS);
  const namespace = namespaceOf(request);
  const statements = documentList(request, 'updates');
  return context.writes.run((scope) => {
    let matched = 0;
    let modified = 0;
    const upserted: Doc[] = [];
    const errors = runStatements(scope, statements, request.body['ordered'] !== false, (statement, index) => {
      const outcome = updateOnce(context, scope, namespace, statement);
      matched += outcome.matched;
      modified += outcome.modified;
      if ('upsertedId' in outcome) upserted.push({ index, _id: outcome.upsertedId });
    });
    return {
      n: matched + upserted.length,
      nModified: modified,
      ...(upserted.length === 0 ? {} : { upserted }),
      ...(errors.length === 0 ? {} : { writeErrors: errors }),
      ok: 1,
    };
  });
};

function updateOnce(context: CommandContext, scope: WriteScope, namespace: string, statement: Doc): Outcome {
  checkFields(statement, 'update.updates', STATEMENT_FIELDS);
  const filter = readFilter(statement['q']);
  const change = parseUpdate(statement['u']);
  const multi = statement['multi'] === true;
  if (multi && change.kind === 'replacement') {
    throw new StoreError('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  if (multi && statement['sort'] !== undefined)
    throw new StoreError('FailedToParse', 'sort needs multi: false');
  const found = locate(context, context.catalog.find(namespace), {
    filter,
    sort: statement['sort'],
    limit: multi ? 0 : 1,
  });
  if (found.length === 0 && statement['upsert'] === true) {
    const document = insertUpsert(
      context,
      scope,
      namespace,
      buildUpsert(filter, change, () => new ObjectId()),
    );
    return { matched: 0, modified: 0, upsertedId: document['_id'] };
  }
  let modified = 0;
  for (const bytes of found) {
    if (replaceDocument(context, scope, namespace, bytes, applyUpdate(decode(bytes), change))) modified += 1;
  }
  return { matched: found.length, modified };
}

export function insertUpsert(
  context: CommandContext,
  scope: WriteScope,
  namespace: string,
  document: Doc,
): Doc {
  const collection = context.catalog.find(namespace) ?? context.catalog.create(scope, namespace);
  context.documents.insert(scope, collection, document);
  return document;
}

export function replaceDocument(
  context: CommandContext,
  scope: WriteScope,
  namespace: string,
  before: Buffer,
  after: Doc,
): boolean {
  const collection = context.catalog.find(namespace);
  if (collection === undefined) throw new StoreError('NamespaceNotFound', `ns does not exist: ${namespace}`);
  return context.documents.replace(scope, collection, before, after);
}
