import { parseProjection } from '../query/projection.ts';
import { prepareQuery, queryDocuments, type DocumentSource } from '../query/document-source.ts';
import { StoreError } from '../store-error.ts';
import { namespaceOf, type Command, type CommandContext } from './command.ts';
import { cursorReply, fillBatch } from './cursor-reply.ts';
import {
  READ_CONCERN,
  checkOptions,
  isBoolean,
  isCount,
  isDocument,
  isList,
  isOnly,
  isText,
} from './options.ts';

const FIRST_BATCH_SIZE = 101;
const FIND_OPTIONS = {
  filter: isDocument,
  sort: isDocument,
  projection: isDocument,
  limit: isCount,
  skip: isOnly(0),
  batchSize: isCount,
  singleBatch: isBoolean,
  maxTimeMS: isCount,
  readConcern: READ_CONCERN,
};

export const find: Command = (context, request) => {
  const { body } = request;
  checkOptions('find', body, FIND_OPTIONS);
  const namespace = namespaceOf(request);
  const projection = parseProjection(body['projection']);
  const query = prepareQuery({
    filter: body['filter'],
    sort: body['sort'],
    limit: body['limit'] as number | undefined,
    maxTimeMs: body['maxTimeMS'] as number | undefined,
  });
  const stored = queryDocuments(context.entries, context.catalog.find(namespace), query);
  const source = projection === undefined ? stored : mapSource(stored, projection);
  return firstBatch(context, namespace, source, {
    batchSize: body['batchSize'] as number | undefined,
    single: body['singleBatch'] === true,
  });
};

export const getMore: Command = (context, request) => {
  const { body } = request;
  checkOptions('getMore', body, { getMore: isCount, collection: isText, batchSize: isCount });
  const namespace = namespaceOf(request, body['collection']);
  const id = cursorId(body['getMore']);
  const cursor = context.cursors.take(id, namespace);
  const batchSize = (body['batchSize'] as number | undefined) ?? Infinity;
  const batch = fillBatch(cursor.source, batchSize === 0 ? Infinity : batchSize);
  if (!batch.exhausted) context.cursors.putBack(id, cursor);
  return cursorReply('nextBatch', batch.documents, batch.exhausted ? 0 : id, namespace);
};

export const killCursors: Command = (context, request) => {
  const { body } = request;
  checkOptions('killCursors', body, { cursors: isList });
  const namespace = namespaceOf(request);
  const ids = (body['cursors'] as unknown[]).map(cursorId);
  const killed = ids.filter((id) => context.cursors.kill(id, namespace));
  const notFound = ids.filter((id) => !killed.includes(id));
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
};

export function firstBatch(
  context: CommandContext,
  namespace: string,
  source: DocumentSource,
  options: { readonly batchSize: number | undefined; readonly single: boolean },
): Buffer {
  const batch = fillBatch(source, options.batchSize ?? FIRST_BATCH_SIZE);
  const done = batch.exhausted || options.single;
  const id = done ? 0 : context.cursors.add({ namespace, source });
  return cursorReply('firstBatch', batch.documents, id, namespace);
}

function mapSource(source: DocumentSource, map: (bytes: Buffer) => Buffer): DocumentSource {
  return {
    next: () => {
      const bytes = source.next();
      return bytes === undefined ? undefined : map(bytes);
    },
    pause: source.pause,
  };
}

function cursorId(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new StoreError('TypeMismatch', 'a cursor id must be a whole number');
}
