import { problemSchema } from '../http/problem-schema.ts';
import { describeOperation } from './describe-operation.ts';
import { ANSWER_HEADERS } from './headers.ts';
import { INTRODUCTION } from './introduction.ts';
import { jsonSchemas, type Answers } from './json-schemas.ts';
import type { DocumentedOperation, DocumentedResponse, OpenApiDocument } from './open-api-document.ts';
import type { Operation } from './operation.ts';
import { TAGS } from './tags.ts';

/** The OpenAPI 3.1 document of these operations. Depends on nothing else: the same operations give the same bytes. */
export function describeApi(
  operations: Readonly<Record<string, Operation>>,
  version: string,
  answers: Answers = 'open',
): OpenApiDocument {
  const schemas = jsonSchemas(answers);
  const responses: Record<string, DocumentedResponse> = {};
  schemas.ofAnswer(problemSchema);
  const paths: Record<string, Record<string, DocumentedOperation>> = {};
  for (const [operationId, operation] of Object.entries(operations)) {
    const path = operation.path.replace(/:(\w+)/gu, '{$1}');
    const methods = (paths[path] ??= {});
    if (methods[operation.method] !== undefined)
      throw new Error(`${operation.method} ${path} is described twice`);
    methods[operation.method] = describeOperation(operationId, operation, { schemas, responses });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gangway',
      version,
      description: INTRODUCTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: TAGS,
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `Authorization: Bearer gw_…`.' },
      },
      headers: Object.fromEntries(
        Object.entries(ANSWER_HEADERS).map(([name, description]) => [
          name,
          { description, schema: { type: 'string' } },
        ]),
      ),
      responses,
      schemas: schemas.components,
    },
  };
}
