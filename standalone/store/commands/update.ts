import { ObjectId } from 'bson';
import { prepareQuery, type Query } from '../query/document-source.ts';
import type { WriteScope } from '../storage/write-scope.ts';
import { StoreError } from '../store-error.ts';
import { applyUpdate, buildUpsert } from '../update/apply-update.ts';
import { parseUpdate, type Update } from '../update/parse-update.ts';
import { decode, type Doc } from '../values/bson-values.ts';
import { documentList, namespaceOf, type Command, type CommandContext } from './command.ts';
import { locate } from './locate.ts';
import {
  WRITE_CONCERN,
  checkFields,
  checkOptions,
  isAnything,
  isBoolean,
  isDocument,
  isList,
} from './options.ts';
import { prepare, runStatements } from './write-errors.ts';

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
  const statements = documentList(request, 'updates').map((statement) =>
    prepare(() => parseStatement(statement)),
  );
  return context.writes.run((scope) => {
    let matched = 0;
    let modified = 0;
    const upserted: Doc[] = [];
    const errors = runStatements(scope, statements, request.body['ordered'] !== false, (statement, index) => {
      const outcome = updateOnce(context, scope, namespace, statement());
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

interface Statement {
  readonly query: Query;
  readonly change: Update;
  readonly upsert: boolean;
}

function parseStatement(statement: Doc): Statement {
  checkFields(statement, 'update.updates', STATEMENT_FIELDS);
  const multi = statement['multi'] === true;
  const query = prepareQuery({ filter: statement['q'], sort: statement['sort'], limit: multi ? 0 : 1 });
  const change = parseUpdate(statement['u']);
  if (multi && change.kind === 'replacement') {
    throw new StoreError('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  if (multi && query.sort.length > 0) throw new StoreError('FailedToParse', 'sort needs multi: false');
  return { query, change, upsert: statement['upsert'] === true };
}

function updateOnce(
  context: CommandContext,
  scope: WriteScope,
  namespace: string,
  statement: Statement,
): Outcome {
  const { query, change } = statement;
  const found = locate(context, context.catalog.find(namespace), query);
  if (found.length === 0 && statement.upsert) {
    const document = buildUpsert(query.filter, change, () => new ObjectId());
    return { matched: 0, modified: 0, upsertedId: insertUpsert(context, scope, namespace, document)['_id'] };
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
