import { prepareQuery, type Query } from '../query/document-source.ts';
import { StoreError } from '../store-error.ts';
import type { Doc } from '../values/bson-values.ts';
import { documentList, namespaceOf, requireCollection, type Command } from './command.ts';
import { locate } from './locate.ts';
import {
  WRITE_CONCERN,
  checkFields,
  checkOptions,
  isBoolean,
  isCount,
  isDocument,
  isList,
} from './options.ts';
import { prepare, runStatements } from './write-errors.ts';

const DELETE_OPTIONS = { deletes: isList, ordered: isBoolean, writeConcern: WRITE_CONCERN };
const STATEMENT_FIELDS = { q: isDocument, limit: isCount };

export const deleteDocuments: Command = (context, request) => {
  checkOptions('delete', request.body, DELETE_OPTIONS);
  const namespace = namespaceOf(request);
  const statements = documentList(request, 'deletes').map((statement) =>
    prepare(() => parseStatement(statement)),
  );
  return context.writes.run((scope) => {
    let deleted = 0;
    const errors = runStatements(scope, statements, request.body['ordered'] !== false, (query) => {
      const found = locate(context, context.catalog.find(namespace), query());
      for (const bytes of found) {
        context.documents.remove(scope, requireCollection(context, namespace), bytes);
      }
      deleted += found.length;
    });
    return { n: deleted, ...(errors.length === 0 ? {} : { writeErrors: errors }), ok: 1 };
  });
};

function parseStatement(statement: Doc): Query {
  checkFields(statement, 'delete.deletes', STATEMENT_FIELDS);
  const { limit } = statement;
  if (limit !== 0 && limit !== 1) {
    throw new StoreError('FailedToParse', 'The limit field in delete objects must be 0 or 1');
  }
  return prepareQuery({ filter: statement['q'], limit });
}
