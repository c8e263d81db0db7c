import { ObjectId } from 'bson';
import { prepareQuery, type Query } from '../query/document-source.ts';
import { parseProjection } from '../query/projection.ts';
import type { WriteScope } from '../storage/write-scope.ts';
import { StoreError } from '../store-error.ts';
import { applyUpdate, buildUpsert } from '../update/apply-update.ts';
import { parseUpdate, type Update } from '../update/parse-update.ts';
import { decode, encode, type Doc } from '../values/bson-values.ts';
import { namespaceOf, requireCollection, type Command, type CommandContext } from './command.ts';
import { locate } from './locate.ts';
import { WRITE_CONCERN, checkOptions, isAnything, isBoolean, isDocument } from './options.ts';
import { insertUpsert, replaceDocument } from './update.ts';

const OPTIONS = {
  query: isDocument,
  sort: isDocument,
  remove: isBoolean,
  update: isAnything,
  new: isBoolean,
  upsert: isBoolean,
  fields: isDocument,
  writeConcern: WRITE_CONCERN,
};

interface Outcome {
  readonly value: Doc | null;
  readonly lastErrorObject: Doc;
}

/** One document found and changed in one step: nothing can come between the look and the write. */
export const findAndModify: Command = (context, request) => {
  const { body } = request;
  checkOptions(request.name, body, OPTIONS);
  const namespace = namespaceOf(request);
  assertOneAction(body);
  const projection = parseProjection(body['fields']);
  const project = (document: Doc): Doc =>
    projection === undefined ? document : decode(projection(encode(document)));
  const query = prepareQuery({ filter: body['query'], sort: body['sort'], limit: 1 });
  const change = body['remove'] === true ? undefined : parseUpdate(body['update']);
  return context.writes.run((scope) => {
    const [bytes] = locate(context, context.catalog.find(namespace), query);
    const outcome =
      change === undefined
        ? removeFound(context, scope, namespace, bytes)
        : updateFound(context, scope, namespace, bytes, { query, change, body });
    return {
      lastErrorObject: outcome.lastErrorObject,
      value: outcome.value === null ? null : project(outcome.value),
      ok: 1,
    };
  });
};

function assertOneAction(body: Doc): void {
  const removes = body['remove'] === true;
  if (removes === (body['update'] !== undefined)) {
    throw new StoreError('FailedToParse', 'Either an update or remove=true must be specified');
  }
  if (removes && (body['new'] === true || body['upsert'] === true)) {
    throw new StoreError('FailedToParse', "remove=true takes neither 'new' nor 'upsert'");
  }
}

function removeFound(
  context: CommandContext,
  scope: WriteScope,
  namespace: string,
  bytes: Buffer | undefined,
): Outcome {
  if (bytes === undefined) return { value: null, lastErrorObject: { n: 0 } };
  context.documents.remove(scope, requireCollection(context, namespace), bytes);
  return { value: decode(bytes), lastErrorObject: { n: 1 } };
}

function updateFound(
  context: CommandContext,
  scope: WriteScope,
  namespace: string,
  bytes: Buffer | undefined,
  request: { readonly query: Query; readonly change: Update; readonly body: Doc },
): Outcome {
  const { query, change, body } = request;
  const wantsNew = body['new'] === true;
  if (bytes !== undefined) {
    const after = applyUpdate(decode(bytes), change);
    replaceDocument(context, scope, namespace, bytes, after);
    return { value: wantsNew ? after : decode(bytes), lastErrorObject: { n: 1, updatedExisting: true } };
  }
  if (body['upsert'] !== true) return { value: null, lastErrorObject: { n: 0, updatedExisting: false } };
  const document = buildUpsert(query.filter, change, () => new ObjectId());
  const inserted = insertUpsert(context, scope, namespace, document);
  return {
    value: wantsNew ? inserted : null,
    lastErrorObject: { n: 1, updatedExisting: false, upserted: inserted['_id'] },
  };
}
