import type { JsonSchema } from '../json-schemas.ts';

/** Keywords that are compared, and those that change nothing for a caller. */
const COMPARED: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'const', 'anyOf', 'oneOf', 'properties', 'required', 'additionalProperties'],
  ...['propertyNames', 'items', 'format', 'pattern', 'multipleOf', 'default', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
]);
const SILENT: ReadonlySet<string> = new Set(['description', 'title', 'examples', 'example', 'deprecated']);

/** Throws where a schema has a keyword that nobody compares: better no answer than a wrong one. */
export function assertComparable(schema: JsonSchema): void {
  const strange = Object.keys(schema).find((keyword) => !COMPARED.has(keyword) && !SILENT.has(keyword));
  if (strange !== undefined) throw new Error(`nobody compares ${strange} of a schema yet`);
}

/** Absent: any type. */
export function typesOf({ type }: JsonSchema): readonly string[] | undefined {
  return type === undefined ? undefined : [type].flat();
}

/** The only values there are; absent: not so few. */
export function wordsOf(schema: JsonSchema): readonly string[] | undefined {
  const words = schema.const === undefined ? schema.enum : [schema.const];
  return words?.map((word) => JSON.stringify(word));
}

/** The forms of which a value has one. */
export function formsOf(schema: JsonSchema): readonly JsonSchema[] | undefined {
  return schema.anyOf ?? schema.oneOf;
}

export interface Members {
  readonly named: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  /** What any other member is like. */
  readonly others: JsonSchema | 'anything' | 'none';
}

export function membersOf(schema: JsonSchema): Members {
  const { properties = {}, required = [], additionalProperties: others = true } = schema;
  return {
    named: properties as Members['named'],
    required,
    others: typeof others === 'object' ? others : others ? 'anything' : 'none',
  };
}
