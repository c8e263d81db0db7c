import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/** JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Whether an answer may have members that are not described. Callers are told to ignore what they do not know, so that a
 * member can be added; the tests hold every real answer to exactly what is described.
 */
export type Answers = 'open' | 'closed';

/** Turns schemas into JSON Schema. Those with an id become components, each named once. */
export interface JsonSchemas {
  ofRequest(schema: z.ZodType): JsonSchema;
  ofAnswer(schema: z.ZodType): JsonSchema;
  readonly components: Readonly<Record<string, JsonSchema>>;
}

export function jsonSchemas(answers: Answers): JsonSchemas {
  const components: Record<string, JsonSchema> = {};

  function convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _dialect, $defs = {}, ...converted } = z.toJSONSchema(schema, { io, override });
    for (const [name, component] of Object.entries(atHome($defs, io))) {
      if (!isDeepStrictEqual((components[name] ??= component), component))
        throw new Error(`two schemas are called ${name}`);
    }
    return atHome(converted, io);
  }

  /** Plain JSON, with references to where the document keeps components. */
  function atHome<T>(part: T, io: 'input' | 'output'): T {
    const text = JSON.stringify(part, (key, value: unknown) => {
      if (key === '$ref' && typeof value === 'string')
        return value.replace('#/$defs/', '#/components/schemas/');
      const opened = key === 'additionalProperties' && value === false && io === 'output';
      return opened && answers === 'open' ? undefined : value;
    });
    return JSON.parse(text) as T;
  }

  return {
    ofRequest: (schema) => convert(schema, 'input'),
    ofAnswer: (schema) => convert(schema, 'output'),
    components,
  };
}

/** Leaves out what says nothing to a reader: the pattern behind a format, and the limits of whole numbers. */
function override({ jsonSchema }: { readonly jsonSchema: JsonSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
