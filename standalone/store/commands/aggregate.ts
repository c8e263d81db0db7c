import { prepareQuery, queryDocuments, type DocumentSource, type Query } from '../query/document-source.ts';
import { countByIndex } from '../query/count-by-index.ts';
import { countingGroup, createGroup } from '../query/group.ts';
import { compileFilter } from '../query/matcher.ts';
import { parseFilter } from '../query/parse-filter.ts';
import { parseSort, sortKey } from '../query/parse-sort.ts';
import type { CollectionInfo } from '../storage/catalog.ts';
import { StoreError, notSupported } from '../store-error.ts';
import { decode, encode, isDoc, type Doc } from '../values/bson-values.ts';
import { namespaceOf, type Command, type CommandContext } from './command.ts';
import { firstBatch } from './find.ts';
import { READ_CONCERN, checkFields, checkOptions, isCount, isDocument, isList } from './options.ts';

const OPTIONS = { pipeline: isList, cursor: isDocument, maxTimeMS: isCount, readConcern: READ_CONCERN };
const STAGES = ['$match', '$sort', '$limit', '$group'] as const;
type StageName = (typeof STAGES)[number];

interface Stage {
  readonly name: StageName;
  readonly operand: unknown;
}

/** A leading `$match`, `$sort` and `$limit` are served as a query, by its indexes; what follows runs over its documents. */
export const aggregate: Command = (context, request) => {
  const { body } = request;
  checkOptions('aggregate', body, OPTIONS);
  if (body['aggregate'] === 1) throw notSupported('aggregating a whole database');
  const namespace = namespaceOf(request);
  const cursor = body['cursor'] ?? {};
  checkFields(cursor, 'aggregate.cursor', { batchSize: isCount });
  const stages = (body['pipeline'] as unknown[]).map(parseStage);
  const source = runPipeline(context, namespace, stages, (body['maxTimeMS'] as number | undefined) ?? 0);
  return firstBatch(context, namespace, source, {
    batchSize: (cursor as { batchSize?: number }).batchSize,
    single: false,
  });
};

function parseStage(stage: unknown): Stage {
  const [entry, ...others] = isDoc(stage) ? Object.entries(stage) : [];
  if (entry === undefined || others.length > 0) {
    throw new StoreError('BadValue', 'a pipeline stage must be a document with exactly one field');
  }
  const [name, operand] = entry;
  const known = STAGES.find((candidate) => candidate === name);
  if (known === undefined)
    throw new StoreError('UnknownStage', `Unrecognized pipeline stage name: '${name}'`);
  return { name: known, operand };
}

function runPipeline(
  context: CommandContext,
  namespace: string,
  stages: readonly Stage[],
  maxTimeMs: number,
): DocumentSource {
  const rest = [...stages];
  const lead = (name: StageName): unknown => (rest[0]?.name === name ? rest.shift()?.operand : undefined);
  const filter = lead('$match');
  const sort = lead('$sort');
  const limit = readLimit(lead('$limit'));
  const query = prepareQuery({ filter, sort, limit, maxTimeMs });
  const collection = context.catalog.find(namespace);
  const counted = countedSource(context, collection, query, rest[0]);
  if (counted !== undefined) return rest.slice(1).reduce(applyStage, counted);
  const source = queryDocuments(context.entries, collection, query);
  return rest.reduce(applyStage, source);
}

/** A filter and a group that only counts: answered from an index where one is enough. */
function countedSource(
  context: CommandContext,
  collection: CollectionInfo | undefined,
  query: Query,
  stage: Stage | undefined,
): DocumentSource | undefined {
  if (collection === undefined || query.limit > 0 || stage?.name !== '$group') return undefined;
  const resultOf = countingGroup(stage.operand);
  const count = resultOf && countByIndex(context.entries, collection, query.filter);
  return count === undefined ? undefined : sourceOf(resultOf?.(count) ?? []);
}

function applyStage(source: DocumentSource, { name, operand }: Stage): DocumentSource {
  if (name === '$group') {
    const group = createGroup(operand);
    for (const document of documentsOf(source)) group.add(document);
    return sourceOf(group.results());
  }
  const documents = [...documentsOf(source)];
  if (name === '$match') return sourceOf(documents.filter(compileFilter(parseFilter(operand))));
  if (name === '$limit') return sourceOf(documents.slice(0, readLimit(operand)));
  const sort = parseSort(operand);
  const keyed = documents.map((document) => ({ document, key: sortKey(document, sort) }));
  return sourceOf(
    keyed.toSorted((left, right) => Buffer.compare(left.key, right.key)).map(({ document }) => document),
  );
}

function readLimit(operand: unknown): number {
  if (operand === undefined) return 0;
  if (typeof operand === 'number' && Number.isSafeInteger(operand) && operand > 0) return operand;
  throw new StoreError('BadValue', 'the limit must be a positive whole number');
}

function* documentsOf(source: DocumentSource): Generator<Doc> {
  for (let bytes = source.next(); bytes !== undefined; bytes = source.next()) yield decode(bytes);
  source.pause();
}

function sourceOf(documents: readonly Doc[]): DocumentSource {
  let at = 0;
  return {
    next: () => {
      const document = documents[at++];
      return document === undefined ? undefined : encode(document);
    },
    pause: () => undefined,
  };
}
