import type { JsonSchema } from '../json-schemas.ts';
import type { DocumentedResponse, OpenApiDocument, Reference } from '../open-api-document.ts';

/** Two versions of the document, and how the references of each are followed. */
export interface Versions {
  readonly followBefore: (schema: JsonSchema) => JsonSchema;
  readonly followAfter: (schema: JsonSchema) => JsonSchema;
  readonly responseBefore: (response: DocumentedResponse | Reference) => DocumentedResponse;
  readonly responseAfter: (response: DocumentedResponse | Reference) => DocumentedResponse;
}

export function versionsOf(before: OpenApiDocument, after: OpenApiDocument): Versions {
  return {
    followBefore: (schema) => schemaIn(before, schema),
    followAfter: (schema) => schemaIn(after, schema),
    responseBefore: (response) => responseIn(before, response),
    responseAfter: (response) => responseIn(after, response),
  };
}

function schemaIn({ components }: OpenApiDocument, schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : found(components.schemas, schema.$ref);
}

function responseIn(
  { components }: OpenApiDocument,
  response: DocumentedResponse | Reference,
): DocumentedResponse {
  return '$ref' in response ? found(components.responses, response.$ref) : response;
}

function found<T>(components: Readonly<Record<string, T>>, reference: string): T {
  const component = components[reference.split('/').at(-1) ?? ''];
  if (component === undefined) throw new Error(`there is no ${reference}`);
  return component;
}
