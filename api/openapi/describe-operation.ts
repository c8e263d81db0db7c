import { describeAnswers, type Components } from './describe-answers.ts';
import type { JsonSchema, JsonSchemas } from './json-schemas.ts';
import type { DocumentedContent, DocumentedOperation, DocumentedParameter } from './open-api-document.ts';
import type { Operation, RequestBody, RequestFile } from './operation.ts';
import { isKeyed } from './problem-answers.ts';

/** One operation as the document has it. Throws where a part of its address is not described. */
export function describeOperation(
  operationId: string,
  operation: Operation,
  components: Components,
): DocumentedOperation {
  const { schemas } = components;
  const { tag, summary, body, file } = operation;
  const scope = isKeyed(operation) ? operation.scope : undefined;
  const needs = scope === undefined ? 'Needs no key.' : `Needs the scope \`${scope}\`.`;
  const description = [...(operation.description === undefined ? [] : [operation.description]), needs];
  const parameters = [
    ...pathParameters(operation),
    ...queryParameters(operation, schemas),
    ...headerParameters(operation),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    description: description.join('\n\n'),
    security: scope === undefined ? [] : [{ apiKey: [scope] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: requestBody(body, schemas) }),
    ...(file === undefined ? {} : { requestBody: fileBody(file) }),
    responses: describeAnswers(operation, components),
  };
}

function pathParameters({ path, params = {} }: Operation): readonly DocumentedParameter[] {
  return [...path.matchAll(/:(\w+)/gu)].map(([, name = '']) => {
    const parameter = params[name];
    if (parameter === undefined) throw new Error(`:${name} of ${path} is not described`);
    return { name, in: 'path', required: true, schema: { type: 'string' }, ...parameter };
  });
}

/** A parameter with a default may be left out. */
function queryParameters({ query }: Operation, schemas: JsonSchemas): readonly DocumentedParameter[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemas.ofRequest(query);
  return Object.entries(properties as Readonly<Record<string, JsonSchema>>).map(
    ([name, { description, ...schema }]) => ({
      ...{ name, in: 'query', required: required.includes(name), schema },
      ...(description === undefined ? {} : { description }),
    }),
  );
}

function headerParameters({ headers = [] }: Operation): readonly DocumentedParameter[] {
  return headers.map((header) => ({ in: 'header', schema: { type: 'string' }, ...header }));
}

/** An absent JSON body is an empty object. */
function requestBody(
  { type, schema, examples }: RequestBody,
  schemas: JsonSchemas,
): NonNullable<DocumentedOperation['requestBody']> {
  const named: NonNullable<DocumentedContent['examples']> = Object.fromEntries(
    Object.entries(examples).map(([summary, value], index) => [`example${index + 1}`, { summary, value }]),
  );
  return {
    required: !schema.safeParse({}).success,
    content: { [type]: { schema: schemas.ofRequest(schema), examples: named } },
  };
}

/** Swagger UI, like most programs, knows a file by its format. */
function fileBody({ description, types }: RequestFile): NonNullable<DocumentedOperation['requestBody']> {
  const bytes: JsonSchema = { type: 'string', format: 'binary', description };
  const form: JsonSchema = { type: 'object', properties: { file: bytes }, required: ['file'] };
  return {
    required: true,
    content: {
      ...Object.fromEntries(types.map((type) => [type, { schema: bytes }])),
      'multipart/form-data': { schema: form },
    },
  };
}
