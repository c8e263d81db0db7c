import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../json-schemas.ts';

const LOWEST = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum'] as const;
const HIGHEST = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum'] as const;
const FORMS = ['pattern', 'format', 'multipleOf'] as const;

/** What an unchanged request would be refused for, or would mean something else by; what follows its name in a sentence. */
export function requestLimitBreaks(before: JsonSchema, after: JsonSchema): readonly string[] {
  const narrower = (keyword: keyof JsonSchema): string =>
    `has a narrower ${String(keyword)}: ${shown(after[keyword])}, not ${shown(before[keyword])}`;
  const raised = LOWEST.filter(
    (keyword) => numberOf(after, keyword, -Infinity) > numberOf(before, keyword, -Infinity),
  );
  const lowered = HIGHEST.filter(
    (keyword) => numberOf(after, keyword, Infinity) < numberOf(before, keyword, Infinity),
  );
  const other = FORMS.filter((keyword) => after[keyword] !== undefined && after[keyword] !== before[keyword]);
  const means =
    before.default === undefined || isDeepStrictEqual(before.default, after.default)
      ? []
      : [`means ${shown(after.default)} when it is left out, not ${shown(before.default)}`];
  return [...[...raised, ...lowered, ...other].map(narrower), ...means];
}

/** A caller reads what comes by its format. */
export function answerLimitBreaks(before: JsonSchema, after: JsonSchema): readonly string[] {
  if (before.format === undefined || before.format === after.format) return [];
  return [`has the format ${shown(after.format)}, not ${before.format}`];
}

function numberOf(schema: JsonSchema, keyword: keyof JsonSchema, otherwise: number): number {
  const value = schema[keyword];
  return typeof value === 'number' ? value : otherwise;
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
