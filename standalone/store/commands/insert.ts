import { ObjectId } from 'bson';
import { assertPlainValue, isDoc, type Doc } from '../values/bson-values.ts';
import { StoreError } from '../store-error.ts';
import { documentList, namespaceOf, type Command } from './command.ts';
import { WRITE_CONCERN, checkOptions, isBoolean, isList } from './options.ts';
import { prepare, runStatements } from './write-errors.ts';

const INSERT_OPTIONS = { documents: isList, ordered: isBoolean, writeConcern: WRITE_CONCERN };

export const insert: Command = (context, request) => {
  checkOptions('insert', request.body, INSERT_OPTIONS);
  const namespace = namespaceOf(request);
  const documents = documentList(request, 'documents').map((document) =>
    prepare(() => withIdFirst(document)),
  );
  return context.writes.run((scope) => {
    const collection = context.catalog.find(namespace) ?? context.catalog.create(scope, namespace);
    let inserted = 0;
    const errors = runStatements(scope, documents, request.body['ordered'] !== false, (document) => {
      context.documents.insert(scope, collection, document());
      inserted += 1;
    });
    return { n: inserted, ...(errors.length === 0 ? {} : { writeErrors: errors }), ok: 1 };
  });
};

function withIdFirst(document: unknown): Doc {
  if (!isDoc(document)) throw new StoreError('TypeMismatch', 'an inserted value must be a document');
  assertPlainValue(document, '');
  const { _id: id, ...rest } = document;
  return { _id: id === undefined ? new ObjectId() : id, ...rest };
}
